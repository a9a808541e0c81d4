import { endCommands } from '../../support/builtCommand.ts';
import { simulated } from './support/simulated.ts';

afterAll(endCommands);

describe('a seed that once broke a promise of the gate', () => {
  it.each([
    ['two classes of one process were booked in one round, and the second did not see the slots of the first', 168],
    ['a process was suspended between the stamp of its write and the answer, and took the stamp for now', 8],
    ['the same, where a window of ten seconds showed it', 71],
    ['a copy took the place of the ledger, and was written on by one who had not seen more', 2366],
  ])('does so no more: %s', async (_what, seed) => {
    const { exitCode, wrong } = await simulated('--scenario', 'random', '--seed', `${seed}`);
    expect([exitCode, wrong]).toEqual([0, []]);
  });
});
