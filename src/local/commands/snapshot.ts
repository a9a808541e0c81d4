import { fileURLToPath } from 'node:url';
import { systemClock } from '../../clock.ts';
import { environment } from '../../settings.ts';
import { runCommand } from '../command.ts';
import { snapshotCommand } from '../snapshot/snapshotCommand.ts';
import { paintFor } from '../stack/command/paint.ts';

const command = snapshotCommand({
  appRoot: process.cwd(),
  workerPath: fileURLToPath(new URL('./worker.mjs', import.meta.url)),
  environment: environment(),
  output: process.stdout,
  paint: paintFor(process.stdout, environment()),
  clock: systemClock,
});

await runCommand(command, process.argv.slice(2));
