import { systemClock } from '../../../clock.ts';
import { type Limit, parseLimits } from '../../../quota/limits.ts';
import { isWrongArguments } from '../../command.ts';
import { localEnvironment } from '../../host/command/localSettings.ts';
import type { RunningPart } from '../../part.ts';
import { stopOnSignals } from '../../stopOnSignals.ts';
import { fleetExamples } from '../fleetExamples.ts';
import { type RunningStack, startStack } from '../stack.ts';
import { type CallLines, callLines } from './callLines.ts';
import type { Paint } from './paint.ts';
import { type StartArguments, startArguments, startHelp } from './startArguments.ts';
import { welcome } from './welcome.ts';

export interface StartCommand {
  readonly args: readonly string[];
  readonly appRoot: string;
  readonly workerPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
  readonly paint: Paint;
}

/** The command `npm start`, until it is told to stop. Sets the process's exit code: 0, 1 or 2. */
export const runStart = async (command: StartCommand): Promise<void> => {
  const { args, print, paint } = command;
  if (args.includes('--help') || args.includes('-h')) return print(startHelp);
  let started: RunningStack | undefined;
  try {
    const asked = await startArguments(args);
    const lines = callLines(print, paint, systemClock);
    const { stack, storageEnded } = await startAsked(command, asked, lines);
    started = stack;
    const part = told(stack, lines, print);
    stopOnSignals(part);
    void storageEnded.then((how) => giveUp(part, how));
    const fleet = await fleetExamples(stack.simulator.url);
    for (const line of welcome(stack, fleet, asked.data, paint)) print(line);
    lines.open();
  } catch (error) {
    process.exitCode = isWrongArguments(error) ? 2 : 1;
    console.error(`start: ${withoutTrace(error)}`);
    await started?.stop();
  }
};

const startAsked = async (
  { appRoot, workerPath, environment: own }: StartCommand,
  asked: StartArguments,
  lines: CallLines,
) => {
  const { ports, data: folder, fresh, hosts, simulator } = asked;
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
    simulator: { ...sameQuota(environment), ...simulator },
    environment,
    log: (event) => (event.kind === 'storageEnded' ? ended(event.how) : lines.tell(event)),
  });
  return { stack, storageEnded };
};

/** The simulator grants what the gateway believes it is granted. */
const sameQuota = ({ QUOTA_LIMITS: limits, QUOTA_SCOPE: scope }: Readonly<Record<string, string>>) => ({
  ...(limits && { limits: limitsIn(limits) }),
  ...(scope === 'application' && ({ quotaScope: scope } as const)),
});

const limitsIn = (text: string): readonly Limit[] => {
  try {
    return parseLimits(text);
  } catch (error) {
    throw new Error(`QUOTA_LIMITS: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
};

const told = (stack: RunningStack, lines: CallLines, print: (line: string) => void): RunningPart => ({
  url: stack.url,
  async stop() {
    lines.close();
    print('stopping the functions host, the simulator, the identity and Azurite');
    await stack.stop();
    print('stopped');
  },
});

const giveUp = async (part: RunningPart, how: string): Promise<void> => {
  console.error(`start: ${how}; nothing works without storage`);
  await part.stop();
  process.exit(1);
};

/** What went wrong, without the lines that say where in the code. */
const withoutTrace = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\n\s+at .*/g, '');
