/** The gateway that a snapshot is asked of: one that was named, the one that `npm start` runs here, or one of our own. */
import type { Clock } from '../../clock.ts';
import { WrongArguments } from '../command.ts';
import { elsewhere, type RunningGateway, runningGateway } from '../gateway/runningGateway.ts';
import { localEnvironment } from '../host/command/localSettings.ts';
import { callLines } from '../stack/command/callLines.ts';
import type { Paint } from '../stack/command/paint.ts';
import { sameQuota } from '../stack/command/sameQuota.ts';
import { startStack } from '../stack/stack.ts';
import type { SnapshotArguments } from './snapshotArguments.ts';

export interface SnapshotGateway extends RunningGateway {
  /** Ends what was started for this; leaves alone what ran before. */
  stop(): Promise<void>;
}

export interface Surroundings {
  readonly appRoot: string;
  readonly workerPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  readonly paint: Paint;
  readonly clock: Clock;
}

type Here = Extract<SnapshotArguments, { kind: 'here' }>;

/** @throws WrongArguments; Error when nothing can be asked or started here */
export const snapshotGateway = async (asked: SnapshotArguments, around: Surroundings): Promise<SnapshotGateway> => {
  if (asked.kind === 'given') {
    const { url, key: masterKey, token } = asked;
    return { url, masterKey, token, stop: async () => {} };
  }
  const found = await runningGateway(asked.data, around);
  return found ? running(asked, found, around) : ownGateway(asked, around);
};

const running = ({ data, simulator }: Here, found: RunningGateway, { print }: Surroundings): SnapshotGateway => {
  const [first] = Object.keys(simulator);
  if (first) {
    throw new WrongArguments(`--${first.replace('Ms', '')}: ${found.url} runs already with ${data}; ${elsewhere}`);
  }
  print(`the gateway of npm start, ${found.url}`);
  return { ...found, stop: async () => {} };
};

const ownGateway = async (
  { data: folder, simulator }: Here,
  { appRoot, workerPath, environment: own, print, paint, clock }: Surroundings,
): Promise<SnapshotGateway> => {
  const environment = localEnvironment(appRoot, own);
  print(`no gateway runs with ${folder}: starting one, with storage, identity and Defender`);
  // Never opened: it tells of what goes wrong alone.
  const lines = callLines(print, paint, clock);
  const stack = await startStack({
    appRoot,
    workerPath,
    data: { kind: 'folder', folder },
    simulator: { ...sameQuota(environment), ...simulator },
    environment,
    log: lines.tell,
  });
  return { url: stack.url, masterKey: stack.hosts[0].keys.master, stop: stack.stop };
};
