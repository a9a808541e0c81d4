import type { Command } from '../../command.ts';
import { startHost } from '../host.ts';
import type { HostLog } from '../hostEvent.ts';
import { eventLines } from './eventLines.ts';
import { hostArguments, hostHelp } from './hostArguments.ts';
import { localEnvironment } from './localSettings.ts';

export interface HostSurroundings {
  /** The app: the folder of its package.json, host.json and, if it has one, local.settings.json. */
  readonly appRoot: string;
  readonly workerPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
}

/** The command `npm run host`. */
export const hostCommand = ({ appRoot, workerPath, environment: own, print }: HostSurroundings): Command => ({
  name: 'host',
  help: hostHelp,
  async start(args) {
    const { port, functions, json, messageLeaseSeconds } = hostArguments(args);
    const environment = localEnvironment(appRoot, own);
    const log: HostLog = json ? (event) => print(JSON.stringify(event)) : eventLines(print);
    const chosen = functions && { functions };
    return startHost({ port, appRoot, workerPath, environment, log, messageLeaseSeconds, ...chosen });
  },
});
