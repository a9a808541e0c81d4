/**
 * A playbook's for-each: many names, each looked up once, fifty at a time, with nothing kept from before. What it costs of Defender's
 * quota, how long it takes, and whether every answer is what Defender says to that question alone.
 */
import { systemClock } from '../../../src/clock.ts';
import type { Reply } from '../client/client.ts';
import { crowd } from '../client/crowd.ts';
import { tally } from '../report/tally.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { distinctNames, lookupPath, type Named, verdictOf } from './lookups.ts';
import { defenderLimits, type Measure, type Measuring } from './measure.ts';

const callers = 50;
/** Enough for 2,000 names that one record has, and still one page. */
const machines = 2500;
const latencyMs = 100;
/** A run that takes longer went wrong; what it had by then is told. */
const mostMs = 45_000;
/** So many refused answers, and the rest need not be tried. */
const mostRefused = 25;

export const forEach: Measure = async (measuring) => {
  const { effort, print } = measuring;
  const one = await runWith(1, measuring);
  print(line(one));
  if (!effort.beside) return { forEach: one };
  const two = await runWith(2, measuring);
  print(line(two));
  return { forEach: { ...one, twoProcesses: two } };
};

interface Run {
  readonly lookups: number;
  readonly calls: number;
  readonly seconds: number;
  /** Answers equal to Defender's own, and those that are so to the byte. */
  readonly right: number;
  readonly same: number;
  readonly processes: number;
  /** What went wrong: how often. */
  readonly wrong?: Readonly<Record<string, number>>;
}

const runWith = async (processes: number, measuring: Measuring): Promise<Run> => {
  const apps = Array.from({ length: processes }, () => measuring.appRoot);
  const stage = await openStage(measuring, { apps, machines, latencyMs, limits: defenderLimits });
  try {
    return await run(stage, measuring);
  } finally {
    await stage.stop();
  }
};

const run = async (stage: Stage, { effort }: Measuring): Promise<Run> => {
  const twin = stage.twin.client(4);
  const fleet = JSON.parse((await twin.get('/api/machines?$top=10000')).body.toString()) as { value: Named[] };
  const names = distinctNames(fleet.value, effort.lookups, 1);
  await stage.forgetArrivals();
  const { answers, seconds } = await askAll(stage, names);
  const calls = await stage.arrivals();
  const expected = await crowd(4, names, (name) => twin.get(lookupPath(name)));
  twin.close();
  const verdicts = names.map((name, index) => judged(name, answers[index], expected[index]));
  const same = verdicts.filter((verdict) => verdict === 'same').length;
  const right = same + verdicts.filter((verdict) => verdict === 'equal').length;
  const others = verdicts.filter((verdict) => verdict !== 'same' && verdict !== 'equal');
  const wrong = others.length > 0 ? { wrong: tally(others) } : {};
  return { lookups: names.length, calls, seconds, right, same, processes: stage.hosts.length, ...wrong };
};

/** What came within the time; nothing for what was not asked any more. */
const askAll = async ({ hosts }: Stage, names: readonly string[]) => {
  const clients = hosts.map((host) => host.client(callers / hosts.length));
  const answers: Reply[] = [];
  let refused = 0;
  const started = systemClock.monotonic();
  const ask = async (name: string, index: number, caller: number) => {
    if (refused >= mostRefused || systemClock.monotonic() - started > mostMs) return;
    const reply = await clients[caller % clients.length]?.get(lookupPath(name));
    if (!reply) return;
    answers[index] = reply;
    if (reply.status !== 200) refused += 1;
  };
  await crowd(callers, names, ask);
  const seconds = Math.round(systemClock.monotonic() - started) / 1000;
  for (const client of clients) client.close();
  return { answers, seconds };
};

const judged = (name: string, given: Reply | undefined, expected: Reply | undefined): string => {
  if (expected?.status !== 200) throw new Error(`the twin answered ${expected?.status} about ${name}`);
  if (!given) return 'not asked: too many were refused, or the time was over';
  if (given.status !== 200) return `${given.status} ${messageOf(given.body)}`;
  return verdictOf(name, given.body, expected.body);
};

/** The error's message without what differs from one to the next. */
const messageOf = (body: Buffer): string => {
  const text = body.toString();
  return (/"message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text.slice(0, 200)).replaceAll(/\d+/g, 'N');
};

const line = ({ lookups, calls, seconds, right, same, processes, wrong = {} }: Run): string =>
  [
    `for-each of ${lookups} names, ${processes} process${processes > 1 ? 'es' : ''}: ${calls} calls, ${seconds.toFixed(1)} s`,
    `${right} right (${same} to the byte)`,
    ...Object.entries(wrong).map(([what, times]) => `${times} × ${what}`),
  ].join('; ');
