import { randomScenario } from '../../../../bench/simulation/randomScenario.ts';
import { faultsOf } from '../../../../bench/simulation/result/faults.ts';
import { simulate } from '../../../../bench/simulation/run.ts';

/** A test for each seed. Two files share them, so that two cores do. */
export const worldsThatKeepTheirPromises = (first: number, last: number): void => {
  const seeds = Array.from({ length: last - first + 1 }, (_, i) => first + i);

  describe('a world of random limits, load and trouble', () => {
    it.each(seeds)('breaks no promise of the gate: seed %d', async (seed) => {
      const faults = faultsOf(await simulate(randomScenario(seed)));
      expect(faults.map((fault) => `${fault}; to see it alone: ${commandFor(seed)}`)).toEqual([]);
    });
  });
};

const commandFor = (seed: number): string => `npm run bench:quota -- --simulate --scenario random --seed ${seed}`;
