import { fileURLToPath } from 'node:url';
import { environment } from '../../settings.ts';
import { runCommand } from '../command.ts';
import { demoCommand } from '../demo/demoCommand.ts';
import { scenes } from '../demo/scenes.ts';
import { paintFor } from '../stack/command/paint.ts';

const command = demoCommand({
  appRoot: process.cwd(),
  workerPath: fileURLToPath(new URL('./worker.mjs', import.meta.url)),
  environment: environment(),
  scenes,
  print: console.log,
  paint: paintFor(process.stdout, environment()),
});

await runCommand(command, process.argv.slice(2));
