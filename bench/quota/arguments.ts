/** The options of `npm run bench:quota`. */
import { parseArgs } from 'node:util';
import { WrongArguments, wholeNumber } from '../../src/local/command.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import type { Conditions } from './torture/torture.ts';

export const help = `npm run bench:quota -- [options]

Has processes that share one quota call through the gate while they are killed, frozen, and left without answers by the
store; then three simpler limiters in its place. Judged by the log of the upstream that they call. Time goes ten times as
fast as in life: 100 calls in 6 s, 1500 in 360. Exit code 1 if the gate let one call too many through.

  --processes N    how many call, 1 to 64 (default 16); three of four have background waiting always
  --seconds N      how long the gate is tried, 5 to 7200 (default 366, a long window and a little); the others half as long, together
  --seed N         what happens, and when (default 1)
  --lost N         of a thousand writes to the store, how many go unanswered (default 3)
  --quick          5 processes, 11 s, and trouble more often: too short to fill the long window
  --svg FILE       where the drawing goes (default .build/quota.svg)
  --simulate …     in virtual time instead; --simulate --help tells its options`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = { processes: text, seconds: text, seed: text, lost: text, svg: text, quick: flag };

export interface BenchArguments {
  readonly conditions: Conditions;
  readonly milliseconds: number;
  readonly svg: string;
}

const limits = parseLimits('100/6,1500/360');
const usual = { processes: 16, seconds: 366, rhythm: { killEveryMs: 15_000, freezeEveryMs: 7000 } };
const quick = { processes: 5, seconds: 11, rhythm: { killEveryMs: 4000, freezeEveryMs: 3000 } };

/** @throws WrongArguments, or what `parseArgs` throws */
export const readArguments = (args: readonly string[]): BenchArguments => {
  const { values } = parseArgs({ args: [...args], options });
  if (values.svg === '') throw new WrongArguments('--svg: give a file, such as .build/quota.svg');
  const chosen = values.quick ? quick : usual;
  const processes = wholeNumber('processes', values.processes, 1, 64) ?? chosen.processes;
  return {
    conditions: {
      limits,
      processes,
      saturated: Math.ceil(processes * 0.75),
      rhythm: chosen.rhythm,
      lostPerMille: wholeNumber('lost', values.lost, 0, 1000) ?? 3,
      seed: wholeNumber('seed', values.seed, 0, 1_000_000) ?? 1,
    },
    milliseconds: (wholeNumber('seconds', values.seconds, 5, 7200) ?? chosen.seconds) * 1000,
    svg: values.svg ?? '.build/quota.svg',
  };
};
