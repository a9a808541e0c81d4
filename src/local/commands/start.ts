import { fileURLToPath } from 'node:url';
import { environment } from '../../settings.ts';
import { runCommand } from '../command.ts';
import { paintFor } from '../stack/command/paint.ts';
import { startCommand } from '../stack/command/startCommand.ts';

const command = startCommand({
  appRoot: process.cwd(),
  workerPath: fileURLToPath(new URL('./worker.mjs', import.meta.url)),
  environment: environment(),
  print: console.log,
  paint: paintFor(process.stdout, environment()),
});

await runCommand(command, process.argv.slice(2));
