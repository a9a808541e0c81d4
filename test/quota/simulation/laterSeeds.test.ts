import { endCommands } from '../../support/builtCommand.ts';
import { simulated } from './support/simulated.ts';

afterAll(endCommands);

/** In two files, so that two cores share them. */
describe('worlds of random limits, load and trouble', () => {
  it.each([101, 151])(
    'see no promise of the gate broken: fifty seeds from %d',
    async (first) => {
      const { wrong, figures } = await simulated('--seeds', '50', '--seed', `${first}`);
      expect(wrong).toEqual([]);
      expect(figures).toMatchObject({ seeds: 50, wrong: 0 });
    },
    120_000,
  );
});
