import { worldsThatKeepTheirPromises } from './support/worlds.ts';

describe.each([
  ['two classes of one process were booked in one round, and the second did not see the slots of the first', 168],
  ['a process was suspended between the stamp of its write and the answer, and took the stamp for now', 8],
  ['the same, where a window of ten seconds showed it', 71],
  ['a copy took the place of the ledger, and was written on by one who had not seen more', 91],
  ['a ledger was lost while processes came and went', 548],
])('where once %s', (_what, seed) => worldsThatKeepTheirPromises(seed, seed));
