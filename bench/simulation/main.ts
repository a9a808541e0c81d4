/** The simulation alone, as a program: `npm run bench:quota -- --simulate` runs the same. */
import { simulateCommand } from './command.ts';

process.exitCode = await simulateCommand(process.argv.slice(2));
