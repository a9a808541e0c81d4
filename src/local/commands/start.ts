import { fileURLToPath } from 'node:url';
import { environment } from '../../settings.ts';
import { paintFor } from '../stack/command/paint.ts';
import { runStart } from '../stack/command/runStart.ts';

await runStart({
  args: process.argv.slice(2),
  appRoot: process.cwd(),
  workerPath: fileURLToPath(new URL('./worker.mjs', import.meta.url)),
  environment: environment(),
  print: console.log,
  paint: paintFor(process.stdout, environment()),
});
