import { randomScenario } from '../../../bench/simulation/randomScenario.ts';
import { faultsOf } from '../../../bench/simulation/result/faults.ts';
import { simulate } from '../../../bench/simulation/run.ts';

const seeds = Array.from({ length: 200 }, (_, i) => i + 1);

/** What is to be done about a seed that fails: look at it alone, then name it here for good. */
const alone = (seed: number) => `npm run bench:quota -- --simulate --scenario random --seed ${seed}`;

describe('a world of random limits, load and trouble', () => {
  it.each(seeds)('breaks no promise of the gate: seed %d', async (seed) => {
    const faults = faultsOf(await simulate(randomScenario(seed)));
    expect(faults.map((fault) => `${fault}: ${alone(seed)}`)).toEqual([]);
  });
});
