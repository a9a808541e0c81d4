import { systemClock } from '../../clock.ts';
import { environment } from '../../settings.ts';
import { runCommand } from '../command.ts';
import { replayCommand } from '../replay/replayCommand.ts';
import { paintFor } from '../stack/command/paint.ts';

const command = replayCommand({
  appRoot: process.cwd(),
  environment: environment(),
  print: console.log,
  paint: paintFor(process.stdout, environment()),
  clock: systemClock,
});

await runCommand(command, process.argv.slice(2));
