import { createPurse } from '../../src/quota/purse.ts';
import { slot } from './support/ledgerRows.ts';

/** A clock of the store that is known to a few milliseconds, or not at all. */
const setUp = () => {
  const time = { earliest: 1000, latest: 1004, isKnown: true };
  const serverClock = {
    start: () => ({ at: 0, wall: 0 }),
    learn: () => {},
    now: () => time,
    isTrusted: () => time.isKnown,
  };
  return { time, purse: createPurse(serverClock, () => 100) };
};
const numbers = (slots: readonly { readonly number: number }[]) => slots.map(({ number }) => number);

describe('the slots that a process may still send', () => {
  it('are taken when they are surely due, earliest first, once', () => {
    const { time, purse } = setUp();
    purse.add(slot(1001, 'interactive', 'me', 2));
    purse.add(slot(1000, 'interactive', 'me', 1));
    expect(purse.take()?.number).toBe(1);
    expect(purse.take()).toBeUndefined();
    time.earliest = 1001;
    expect(purse.take()?.number).toBe(2);
    expect(purse.take()).toBeUndefined();
    expect(purse.unsent).toEqual([]);
  });

  it('are never taken when they may be late, and are given back', () => {
    const { time, purse } = setUp();
    purse.add(slot(1000, 'interactive', 'me', 1));
    time.latest = 1100;
    purse.sweep();
    expect(numbers(purse.held)).toEqual([1]);
    time.latest = 1101;
    expect(purse.take()).toBeUndefined();
    expect(purse.unsent).toEqual([1]);
  });

  it('are given up where the time is not known', () => {
    const { time, purse } = setUp();
    purse.add(slot(5000, 'background', 'me', 1));
    time.isKnown = false;
    expect(purse.take()).toBeUndefined();
    expect([purse.held, purse.unsent]).toEqual([[], [1]]);
  });

  it('are withdrawn to be booked anew where they are interactive and far off', () => {
    const { purse } = setUp();
    purse.add(slot(1104, 'interactive', 'me', 1));
    purse.add(slot(1105, 'interactive', 'me', 2));
    purse.add(slot(9000, 'background', 'me', 3));
    expect(numbers(purse.withdraw())).toEqual([2]);
    expect(numbers(purse.held)).toEqual([1, 3]);
    expect(purse.unsent).toEqual([]);
  });

  it('stay to be given back until the ledger no longer holds them', () => {
    const { purse } = setUp();
    for (const number of [1, 2, 3]) purse.add(slot(2000, 'interactive', 'me', number));
    purse.drop(({ number }) => number < 3);
    purse.giveUp([9]);
    expect(purse.unsent).toEqual([1, 2, 9]);
    purse.forget([2]);
    expect(purse.unsent).toEqual([1, 9]);
    expect(numbers(purse.held)).toEqual([3]);
  });
});
