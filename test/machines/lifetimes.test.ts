import { calls, ownCalls } from '../../src/defender/calls.ts';
import { parseLifetimes, usualLifetimes } from '../../src/machines/lifetimes.ts';

describe('how long answers are fresh', () => {
  it('is said for every call, and for what is not there', () => {
    expect(Object.keys(usualLifetimes).sort()).toEqual(
      [...[...calls, ...ownCalls].map(({ name }) => name), 'absent'].sort(),
    );
  });

  it('is as usual where a setting does not name it', () => {
    expect(parseLifetimes('machine=600, absent=0')).toEqual({ ...usualLifetimes, machine: 600, absent: 0 });
  });

  it.each(['machine', 'machine=', 'machine=-1', 'machine=1.5', 'machine=90000', 'nothing=5', 'machine=5;absent=1', ''])(
    'is not read from %j, and the message shows what would be right',
    (text) => {
      expect(() => parseLifetimes(text)).toThrow(/such as machine=600; the calls are listMachines, machine, /);
    },
  );
});
