import { systemClock } from '../../../clock.ts';
import type { Command } from '../../command.ts';
import { localEnvironment } from '../../host/command/localSettings.ts';
import type { RunningPart } from '../../part.ts';
import { fleetExamples } from '../fleetExamples.ts';
import { type RunningStack, startStack } from '../stack.ts';
import { type CallLines, callLines } from './callLines.ts';
import type { Paint } from './paint.ts';
import { sameQuota } from './sameQuota.ts';
import { type StartArguments, startArguments, startHelp } from './startArguments.ts';
import { welcome } from './welcome.ts';

export interface StartSurroundings {
  readonly appRoot: string;
  readonly workerPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  readonly paint: Paint;
}

/** The command `npm start`. */
export const startCommand = (around: StartSurroundings): Command => ({
  name: 'start',
  help: startHelp,
  async start(args) {
    const { print, paint } = around;
    const asked = await startArguments(args);
    const lines = callLines(print, paint, systemClock);
    const { stack, storageEnded } = await startAsked(around, asked, lines);
    const part = told(stack, lines, print);
    try {
      for (const line of welcome(stack, await fleetExamples(stack.simulator.url), asked.data, paint)) print(line);
    } catch (error) {
      await stack.stop();
      throw error;
    }
    void storageEnded.then((how) => giveUp(part, how));
    lines.open();
    return part;
  },
});

const startAsked = async (
  { appRoot, workerPath, environment: own }: StartSurroundings,
  asked: StartArguments,
  lines: CallLines,
) => {
  const { ports, data: folder, fresh, hosts, auth, messageLeaseSeconds, simulator } = asked;
  const environment = localEnvironment(appRoot, own);
  let ended = (_: string) => {};
  const storageEnded = new Promise<string>((resolve) => {
    ended = resolve;
  });
  const stack = await startStack({
    appRoot,
    workerPath,
    ports,
    data: { kind: 'folder', folder, fresh },
    hosts,
    auth,
    messageLeaseSeconds,
    simulator: { ...sameQuota(environment), ...simulator },
    environment,
    log: (event) => (event.kind === 'storageEnded' ? ended(event.how) : lines.tell(event)),
  });
  return { stack, storageEnded };
};

const told = (stack: RunningStack, lines: CallLines, print: (line: string) => void): RunningPart => ({
  url: stack.url,
  async stop() {
    lines.close();
    print(
      `stopping ${stack.entra ? 'the front, the issuer, ' : ''}the functions host, the simulator, the identity and Azurite`,
    );
    await stack.stop();
    print('stopped');
  },
});

const giveUp = async (part: RunningPart, how: string): Promise<void> => {
  console.error(`start: ${how}; nothing works without storage`);
  await part.stop();
  process.exit(1);
};
