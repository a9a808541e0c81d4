/** `npm run bench:quota -- --simulate`: runs in virtual time, and tells what they came to. */
import { printLimits } from '../../src/quota/limits.ts';
import { type Asked, readArguments, simulateHelp } from './arguments.ts';
import type { SimulationOptions } from './options.ts';
import { randomScenario } from './randomScenario.ts';
import { faultsOf } from './result/faults.ts';
import { resultLine } from './result/resultLine.ts';
import { tableLines } from './result/table.ts';
import { simulate } from './run.ts';

type Print = (line: string) => void;

/** @returns the exit code: 2 where the arguments are wrong, 1 where a promise of the gate was broken */
export const simulateCommand = async (args: readonly string[], print: Print = console.log): Promise<number> => {
  const asked = read(args, print);
  if (asked === undefined) return 2;
  if (asked.kind === 'seeds') return runSeeds(asked.first, asked.count, print);
  if (asked.kind === 'one') return runOne(asked.name, asked.scenario, print);
  print(simulateHelp);
  return 0;
};

const read = (args: readonly string[], print: Print): Asked | undefined => {
  try {
    return readArguments(args);
  } catch (fault) {
    print(`bench:quota: ${(fault as Error).message}`);
    return undefined;
  }
};

const runOne = async (name: string, scenario: SimulationOptions, print: Print): Promise<number> => {
  const { seed, processes, limits, model, seconds } = scenario;
  print(
    `${name}, seed ${seed}: ${(seconds / 3600).toFixed(2)} h, ${processes} processes, ${printLimits(limits)}, counted in the manner '${model}'\n`,
  );
  const said = new Map<string, number>();
  const note = (message: string) => void said.set(message, (said.get(message) ?? 0) + 1);
  const result = await simulate(scenario, { info: note, warn: note, error: note });
  for (const line of tableLines(result)) print(line);
  for (const [message, times] of said) print(`the gates said ${times} times: ${message}`);
  const faults = faultsOf(result);
  for (const fault of faults) print(`WRONG: ${fault}`);
  print(`\n${resultLine(result)}`);
  return faults.length > 0 ? 1 : 0;
};

const runSeeds = async (first: number, count: number, print: Print): Promise<number> => {
  let wrong = 0;
  let calls = 0;
  for (let seed = first; seed < first + count; seed++) {
    const result = await simulate(randomScenario(seed));
    const faults = faultsOf(result);
    calls += result.calls;
    if (faults.length > 0) wrong += 1;
    for (const fault of faults) {
      print(
        `seed ${seed}: ${fault}; to see it alone: npm run bench:quota -- --simulate --scenario random --seed ${seed}`,
      );
    }
  }
  print(JSON.stringify({ seeds: count, wrong, calls }));
  return wrong > 0 ? 1 : 0;
};
