import { fileURLToPath } from 'node:url';
import { environment } from '../../settings.ts';
import { runDemo } from '../demo/runDemo.ts';
import { scenes } from '../demo/scenes.ts';
import { paintFor } from '../stack/command/paint.ts';

try {
  const isGood = await runDemo({
    appRoot: process.cwd(),
    workerPath: fileURLToPath(new URL('./worker.mjs', import.meta.url)),
    environment: environment(),
    scenes,
    print: console.log,
    paint: paintFor(process.stdout, environment()),
  });
  if (!isGood) process.exitCode = 1;
} catch (error) {
  console.error(`demo: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
