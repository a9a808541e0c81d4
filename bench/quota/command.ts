import { fileURLToPath } from 'node:url';
import { runCommand } from '../../src/local/command.ts';
import { benchCommand } from './benchCommand.ts';

const command = benchCommand({
  appRoot: process.cwd(),
  workerPath: fileURLToPath(new URL('./gateProcess.mjs', import.meta.url)),
  print: console.log,
});

await runCommand(command, process.argv.slice(2));
