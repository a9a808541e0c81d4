/** The options of `npm run bench:economy`. */
import { parseArgs } from 'node:util';
import { WrongArguments } from '../../src/local/command.ts';
import type { Effort } from './measures/measure.ts';
import { type MeasureName, measureNames } from './measures/measures.ts';

export const help = `npm run bench:economy -- [options]

How much the gateway saves and what it costs, with real processes and HTTP on this machine: 2,000 lookups, a kept answer, pages of
10,000 machines, their memory, the load of the bundle. What is compared is measured in turns. Ends with one line of JSON. Exit code 1
if something could not be measured or an answer was wrong; a figure that is worse than wanted is told, and is no error.

  --only ${measureNames.join(' | ')}   that alone
  --quick          less of everything, for a look: under a minute
  --node PATH      the Node whose fresh processes load the bundle (default: this one)`;

const text = { type: 'string' } as const;
const options = { only: text, node: text, quick: { type: 'boolean' } } as const;

const usual = {
  lookups: 2000,
  beside: true,
  cachedRounds: 21,
  requestsInRound: 2000,
  pages: 9,
  pagesInRow: 20,
  loads: 15,
} as const;

const quick = {
  lookups: 300,
  beside: false,
  cachedRounds: 3,
  requestsInRound: 500,
  pages: 3,
  pagesInRow: 5,
  loads: 5,
} as const;

export interface BenchArguments {
  readonly measures: readonly MeasureName[];
  readonly effort: Effort;
}

/** @throws WrongArguments, or what `parseArgs` throws */
export const readArguments = (args: readonly string[]): BenchArguments => {
  const { values } = parseArgs({ args: [...args], options });
  if (values.node === '') throw new WrongArguments('--node: give the path of a node program');
  return {
    measures: chosen(values.only),
    effort: { ...(values.quick ? quick : usual), node: values.node ?? process.execPath },
  };
};

const chosen = (only: string | undefined): readonly MeasureName[] => {
  if (only === undefined) return measureNames;
  const found = measureNames.find((name) => name === only);
  if (found) return [found];
  throw new WrongArguments(`--only ${only}: give one of ${measureNames.join(', ')}`);
};
