import { isWrongArguments } from '../../command.ts';
import { stopOnSignals } from '../../stopOnSignals.ts';
import { startHost } from '../host.ts';
import type { HostLog } from '../hostEvent.ts';
import { eventLines } from './eventLines.ts';
import { hostArguments, hostHelp } from './hostArguments.ts';
import { localEnvironment } from './localSettings.ts';

export interface HostCommand {
  readonly args: readonly string[];
  /** The app: the folder of its package.json, host.json and, if it has one, local.settings.json. */
  readonly appRoot: string;
  readonly workerPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
}

/** The command `npm run host`, until it is told to stop. Sets the process's exit code: 0, 1 or 2. */
export const runHost = async (command: HostCommand): Promise<void> => {
  const { args, appRoot, workerPath, print } = command;
  if (args.includes('--help') || args.includes('-h')) return print(hostHelp);
  try {
    const { port, functions, json } = hostArguments(args);
    const environment = localEnvironment(appRoot, command.environment);
    const log: HostLog = json ? (event) => print(JSON.stringify(event)) : eventLines(print);
    stopOnSignals(await startHost({ port, appRoot, workerPath, environment, log, ...(functions && { functions }) }));
  } catch (error) {
    process.exitCode = isWrongArguments(error) ? 2 : 1;
    console.error(`host: ${error instanceof Error ? error.message : error}`);
  }
};
