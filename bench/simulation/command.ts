/** `npm run bench:quota -- --simulate`: runs in virtual time, and tells what they came to. */
import { parseArgs } from 'node:util';
import { checked, WrongArguments, wholeNumber } from '../../src/local/command.ts';
import { parseLimits, printLimits } from '../../src/quota/limits.ts';
import { randomScenario } from './randomScenario.ts';
import { faultsOf } from './result/faults.ts';
import { resultLine } from './result/resultLine.ts';
import { tableLines } from './result/table.ts';
import { simulate } from './run.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';

const names = Object.keys(scenarios) as ScenarioName[];

export const simulateHelp = `npm run bench:quota -- --simulate [options]

The quota gate in virtual time: a day of 16 processes takes less than a minute. Exit code 1 if one call too many was let through.

  --scenario NAME   ${names.join(', ')} (default day), or random
  --hours N         how long, in virtual time (default: what the scenario takes)
  --processes N     how many (default 16)
  --limits LIST     calls/seconds (default 100/60,1500/3600)
  --seed N          what happens, and when (default 1)
  --seeds N         so many random scenarios, one after the other from --seed on`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = { scenario: text, hours: text, processes: text, limits: text, seed: text, seeds: text, help: flag };

/** @returns the exit code: 2 where the arguments are wrong, 1 where a limit was broken */
export const simulateCommand = async (args: readonly string[]): Promise<number> => {
  try {
    return await run(args);
  } catch (fault) {
    if (!(fault instanceof WrongArguments) && !(fault instanceof TypeError)) throw fault;
    console.error(`${fault.message}\n\n${simulateHelp}`);
    return 2;
  }
};

const run = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) {
    console.log(simulateHelp);
    return 0;
  }
  const seed = wholeNumber('seed', values.seed, 0, 1_000_000_000) ?? 1;
  const seeds = wholeNumber('seeds', values.seeds, 1, 1_000_000);
  if (seeds !== undefined) return runSeeds(seed, seeds);
  const name = values.scenario ?? 'day';
  const wish = {
    seed,
    hours: hoursOf(values.hours),
    processes: wholeNumber('processes', values.processes, 1, 64),
    limits: values.limits === undefined ? undefined : checked('limits', () => parseLimits(values.limits ?? '')),
  };
  return runOne(name, name === 'random' ? randomScenario(seed) : scenarios[scenarioOf(name)](wish));
};

const hoursOf = (given: string | undefined): number | undefined => {
  const hours = Number(given);
  if (given === undefined) return undefined;
  if (hours > 0 && hours <= 10_000) return hours;
  throw new WrongArguments(`--hours ${given}: give a number above 0, such as 24 or 0.5`);
};

const scenarioOf = (name: string): ScenarioName => {
  const found = names.find((each) => each === name);
  if (found) return found;
  throw new WrongArguments(`--scenario ${name}: give one of ${names.join(', ')}, random`);
};

const runOne = async (name: string, given: Parameters<typeof simulate>[0]): Promise<number> => {
  const said = new Map<string, number>();
  const note = (message: string) => void said.set(message, (said.get(message) ?? 0) + 1);
  const result = await simulate(given, { info: note, warn: note, error: note });
  console.log(
    `${name}, seed ${given.seed}: ${given.processes} processes, ${printLimits(given.limits)}, ${given.model}\n`,
  );
  for (const line of tableLines(result)) console.log(line);
  for (const [message, times] of said) console.log(`the gates said ${times} times: ${message}`);
  const faults = faultsOf(result);
  for (const fault of faults) console.log(`WRONG: ${fault}`);
  console.log(`\n${resultLine(result)}`);
  return faults.length > 0 ? 1 : 0;
};

const runSeeds = async (first: number, count: number): Promise<number> => {
  let wrong = 0;
  let calls = 0;
  for (let seed = first; seed < first + count; seed++) {
    const result = await simulate(randomScenario(seed));
    calls += result.calls;
    const faults = faultsOf(result);
    if (faults.length > 0) wrong += 1;
    for (const fault of faults)
      console.log(`seed ${seed}: ${fault}; npm run bench:quota -- --simulate --scenario random --seed ${seed}`);
  }
  console.log(JSON.stringify({ seeds: count, wrong, calls }));
  return wrong > 0 ? 1 : 0;
};
