import { fileURLToPath } from 'node:url';
import { runCommand } from '../../src/local/command.ts';
import { benchCommand } from './benchCommand.ts';

const args = process.argv.slice(2);

if (args.includes('--simulate')) {
  const { simulateCommand } = await import('../simulation/command.ts');
  process.exitCode = await simulateCommand(args.filter((argument) => argument !== '--simulate'));
} else {
  const workerPath = fileURLToPath(new URL('./gateProcess.mjs', import.meta.url));
  await runCommand(benchCommand({ appRoot: process.cwd(), workerPath, print: console.log }), args);
}
