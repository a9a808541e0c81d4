/** Alerts made to begin anew, by hand: a line for each, and a sum. */
import type { Clock } from '../../clock.ts';
import type { Command } from '../command.ts';
import { endingPart } from '../endingPart.ts';
import { askGateway, type GatewayDoor } from '../gateway/askGateway.ts';
import type { GatewayArguments } from '../gateway/gatewayArguments.ts';
import { type Place, runningGateway } from '../gateway/runningGateway.ts';
import type { Paint } from '../stack/command/paint.ts';
import { type ReplayEnd, replayAll } from './replayAll.ts';
import { functionKeyOf, type ReplayArguments, readReplayArguments, replayHelp } from './replayArguments.ts';
import { replayClient } from './replayClient.ts';

export interface ReplaySurroundings extends Place {
  readonly print: (line: string) => void;
  readonly paint: Paint;
  readonly clock: Clock;
}

type Door = Pick<GatewayDoor, 'url' | 'key' | 'token'>;

/** The command `npm run replay`: ends by itself, with exit code 0 if all could be replayed, else with 1. */
export const replayCommand = (around: ReplaySurroundings): Command => ({
  name: 'replay',
  help: replayHelp,
  async start(args) {
    const asked = readReplayArguments(args);
    const door = await doorOf(asked.gateway, around);
    const stopping = new AbortController();
    // Until its end was seen.
    process.exitCode = 1;
    const ended = replay(asked, door, around, stopping.signal);
    return endingPart({ name: 'replay', url: door.url, ended, stopping });
  },
});

const doorOf = async (asked: GatewayArguments, { print, ...place }: ReplaySurroundings): Promise<Door> => {
  if (asked.kind === 'given') return asked;
  const found = await runningGateway(asked.data, place);
  if (!found) {
    throw new Error(
      `no gateway runs with ${asked.data}; start it with npm start, or name another with --url and --key`,
    );
  }
  print(`the gateway of npm start, ${found.url}`);
  return { url: found.url, key: found.masterKey, token: found.token };
};

const replay = async (
  { alerts, failed }: ReplayArguments,
  door: Door,
  { print, paint, clock }: ReplaySurroundings,
  stopping: AbortSignal,
): Promise<void> => {
  const counts: Record<ReplayEnd['kind'], number> = { replayed: 0, hurried: 0, refused: 0, untaken: 0, unknown: 0 };
  const gateway = replayClient(askGateway({ ...door, wantedKey: functionKeyOf, stopping }));
  const onEnd = (id: string, end: ReplayEnd) => {
    counts[end.kind] += 1;
    print(lineOf(id, end, paint));
  };
  await replayAll({ gateway, clock, stopping, alerts, failed, onEnd }).catch((fault: unknown) => {
    if (!stopping.aborted) throw fault;
  });
  if (stopping.aborted) return print('broken off; one that is not told of may begin anew or not');
  print(sumOf(counts));
  process.exitCode = counts.refused + counts.untaken + counts.unknown === 0 ? 0 : 1;
};

const lineOf = (id: string, end: ReplayEnd, paint: Paint): string => {
  switch (end.kind) {
    case 'replayed':
      return `${id}  ${paint('green', 'begins anew')}`;
    case 'hurried':
      return `${id}  ${paint('green', 'waits, and is tried at once')}`;
    case 'unknown':
      return `${id}  ${paint('red', `nobody knows whether it begins anew: ${end.message}`)}`;
    default:
      return `${id}  ${paint('red', end.message)}`;
  }
};

const sumOf = ({ replayed, hurried, refused, untaken, unknown }: Record<ReplayEnd['kind'], number>): string => {
  const all = replayed + hurried + refused + untaken + unknown;
  if (all === 0) return 'no alert failed';
  const ends = [
    `${replayed} begin anew`,
    `${hurried} tried at once`,
    `${refused + untaken} not replayed`,
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ];
  return `${all} ${all === 1 ? 'alert' : 'alerts'}: ${ends.join(', ')}`;
};
