/**
 * How many kept answers a second, against answers of a function that does nothing on the same host program: what the
 * gateway adds to a request that it need not ask Defender for.
 */
import { systemClock } from '../../../src/clock.ts';
import { appFolder } from '../apps/appFolder.ts';
import type { Client } from '../client/client.ts';
import { crowd } from '../client/crowd.ts';
import { inTurns } from '../client/turns.ts';
import { ratioOf, spreadOf } from '../report/statistics.ts';
import { tally } from '../report/tally.ts';
import { numbers } from '../report/words.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import type { Named } from './lookups.ts';
import { defenderLimits, type Measure, type Measuring } from './measure.ts';

const connections = 50;
/** Rounds until both have been compiled as far as they will be: the first ones tell of the compiler. */
const warmUps = 5;

export const cached: Measure = async (measuring) => {
  const apps = [measuring.appRoot, await appFolder(measuring.appRoot, 'empty')];
  const stage = await openStage(measuring, { apps, machines: 500, latencyMs: 100, limits: defenderLimits });
  try {
    return await compare(stage, measuring);
  } finally {
    await stage.stop();
  }
};

const compare = async (stage: Stage, { effort, print }: Measuring) => {
  const [gateway, empty] = stage.hosts.map((host) => host.client(connections));
  if (!gateway || !empty) throw new Error('there are not two hosts');
  const path = `/api/machines/${await someMachine(stage)}`;
  await isKept(stage, gateway, path);
  const round = (client: Client, target: string) => () => throughput(client, target, effort.requestsInRound);
  for (let i = 0; i < warmUps; i++) {
    await round(gateway, path)();
    await round(empty, '/empty')();
  }
  const { a, b } = await inTurns(effort.cachedRounds, round(gateway, path), round(empty, '/empty'));
  const ratio = ratioOf(a, b);
  const figures = { perSecond: spreadOf(a), emptyPerSecond: spreadOf(b), ratio };
  print(
    `cached GET of one machine: ${numbers(figures.perSecond, 0)} a second; empty function: ${numbers(figures.emptyPerSecond, 0)}`,
  );
  print(`  ${connections} connections, rounds of ${effort.requestsInRound} in turns; ratio ${numbers(ratio, 2)}`);
  return { cachedVsEmpty: ratio.median, cached: figures };
};

const someMachine = async (stage: Stage): Promise<string> => {
  const twin = stage.twin.client(1);
  const { body } = await twin.get('/api/machines?$top=1');
  twin.close();
  const [first] = (JSON.parse(body.toString()) as { value: (Named & { id: string })[] }).value;
  if (!first) throw new Error('the fleet is empty');
  return first.id;
};

/** @throws when the second answer is not the first one, kept */
const isKept = async (stage: Stage, gateway: Client, path: string): Promise<void> => {
  const first = await gateway.get(path);
  if (first.status !== 200) throw new Error(`GET ${path} gave ${first.status}: ${first.body.toString().slice(0, 200)}`);
  await stage.forgetArrivals();
  const second = await gateway.get(path);
  if (!second.body.equals(first.body)) throw new Error(`GET ${path} gave another answer the second time`);
  if ((await stage.arrivals()) > 0) throw new Error(`GET ${path} is not kept: the second one went to Defender as well`);
};

/** Answers a second. @throws when one is not 200 */
const throughput = async (client: Client, path: string, requests: number): Promise<number> => {
  const started = systemClock.monotonic();
  const statuses = await crowd(
    connections,
    Array.from({ length: requests }, () => path),
    async (target) => {
      const { status } = await client.get(target);
      return String(status);
    },
  );
  const seconds = (systemClock.monotonic() - started) / 1000;
  const { 200: good = 0, ...others } = tally(statuses);
  if (good < requests) throw new Error(`GET ${path} did not always answer 200, but also ${JSON.stringify(others)}`);
  return requests / seconds;
};
