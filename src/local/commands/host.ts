import { fileURLToPath } from 'node:url';
import { environment } from '../../settings.ts';
import { runCommand } from '../command.ts';
import { hostCommand } from '../host/command/hostCommand.ts';

const command = hostCommand({
  appRoot: process.cwd(),
  workerPath: fileURLToPath(new URL('./worker.mjs', import.meta.url)),
  environment: environment(),
  print: console.log,
});

await runCommand(command, process.argv.slice(2));
