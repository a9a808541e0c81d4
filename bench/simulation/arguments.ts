/** The options of `npm run bench:quota -- --simulate`. */
import { parseArgs } from 'node:util';
import { checked, WrongArguments, wholeNumber } from '../../src/local/command.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import type { SimulationOptions } from './options.ts';
import { randomScenario } from './randomScenario.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';
import { modelNames } from './upstream/countingModel.ts';

const names = Object.keys(scenarios) as ScenarioName[];

export const simulateHelp = `npm run bench:quota -- --simulate [options]

The quota gate in virtual time: a day of 16 processes takes less than a minute. Exit code 1 if a promise of the gate was broken.

  --scenario NAME   ${names.join(', ')} (default day); or random, whatever the seed makes of it
  --hours N         how long, in virtual time (default: what the scenario takes)
  --processes N     how many, 1 to 64 (default 16)
  --limits LIST     calls/seconds (default 100/60,1500/3600)
  --model NAME      how the upstream counts: ${modelNames.join(', ')} (default rolling)
  --seed N          what happens, and when (default 1)
  --seeds N         so many random scenarios, one after the other from --seed on`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
  scenario: text,
  hours: text,
  processes: text,
  limits: text,
  model: text,
  seed: text,
  seeds: text,
  help: flag,
};

export type Asked =
  | { readonly kind: 'help' }
  | { readonly kind: 'one'; readonly name: string; readonly scenario: SimulationOptions }
  | { readonly kind: 'seeds'; readonly first: number; readonly count: number };

/** @throws WrongArguments, or what `parseArgs` throws */
export const readArguments = (args: readonly string[]): Asked => {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return { kind: 'help' };
  const seed = wholeNumber('seed', values.seed, 0, 1_000_000_000) ?? 1;
  const count = wholeNumber('seeds', values.seeds, 1, 1_000_000);
  if (count !== undefined) return { kind: 'seeds', first: seed, count };
  const name = values.scenario ?? 'day';
  const wish = {
    seed,
    hours: hoursOf(values.hours),
    processes: wholeNumber('processes', values.processes, 1, 64),
    model: oneOf('model', modelNames, values.model ?? 'rolling'),
    limits: values.limits === undefined ? undefined : checked('limits', () => parseLimits(values.limits ?? '')),
  };
  return {
    kind: 'one',
    name,
    scenario: name === 'random' ? randomScenario(seed) : scenarios[oneOf('scenario', names, name)](wish),
  };
};

const hoursOf = (given: string | undefined): number | undefined => {
  if (given === undefined) return undefined;
  const hours = Number(given);
  if (hours > 0 && hours <= 10_000) return hours;
  throw new WrongArguments(`--hours ${given}: give a number above 0, such as 24 or 0.5`);
};

const oneOf = <Name extends string>(argument: string, all: readonly Name[], name: string): Name => {
  const found = all.find((each) => each === name);
  if (found !== undefined) return found;
  throw new WrongArguments(`--${argument} ${name}: give one of ${all.join(', ')}`);
};
