import { fileURLToPath } from 'node:url';
import { environment } from '../../settings.ts';
import { runHost } from '../host/command/runHost.ts';

await runHost({
  args: process.argv.slice(2),
  appRoot: process.cwd(),
  workerPath: fileURLToPath(new URL('./worker.mjs', import.meta.url)),
  environment: environment(),
  print: console.log,
});
