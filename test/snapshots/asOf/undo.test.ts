import { statesAsOf, undo } from '../../../src/snapshots/asOf/undo.ts';
import type { Change } from '../../../src/snapshots/change.ts';
import type { KeptState } from '../../../src/snapshots/keptState.ts';
import { lastFence } from '../../../src/snapshots/stateStore.ts';
import { hourlyRun, keptOf, stateOf } from '../support/states.ts';

const [first, second, third] = [hourlyRun(0), hourlyRun(1), hourlyRun(2)];
const old = keptOf(stateOf('b'), first);
const newer = keptOf(stateOf('b', { build: 19045 }), second);
const newest = keptOf(stateOf('b', { build: 22631 }), third);

const undone = (now: readonly KeptState[], changes: readonly Change[]) => {
  const states = new Map(now.map((kept) => [kept.state.id, kept]));
  undo(states, changes);
  return [...states.values()];
};

describe('a change undone', () => {
  it('puts a machine as it was', () => {
    expect(undone([newer], [{ before: old, after: newer }])).toEqual([old]);
  });

  it('takes away a machine that appeared, and puts back one that vanished', () => {
    expect(undone([newer], [{ after: newer }])).toEqual([]);
    expect(undone([], [{ before: old }])).toEqual([old]);
  });

  it('does no more when it is undone again', () => {
    const change: Change = { before: old, after: newer };
    expect(undone([newer], [change, change])).toEqual([old]);
    expect(undone([], [{ after: newer }, { after: newer }])).toEqual([]);
  });

  it('does no harm where the machine stood as before, because it was read before the change was written', () => {
    expect(undone([old], [{ before: old, after: newer }])).toEqual([old]);
    expect(undone([old], [{ before: old }])).toEqual([old]);
    expect(undone([], [{ after: newer }])).toEqual([]);
  });
});

describe('the states as of a run', () => {
  const chunks = [
    { fence: 'm', machines: [newest] },
    { fence: lastFence, machines: [keptOf(stateOf('n'), first)] },
  ];

  it('are those of now where nothing changed since', () => {
    const now = [newest, keptOf(stateOf('n'), first)];
    expect(statesAsOf({ bucket: 0, chunks }, [])).toEqual(now);
    expect(statesAsOf({ bucket: 0, chunks }, [{ run: third, changes: [] }])).toEqual(now);
  });

  it('go back run by run, newest first, and stay sorted by id', () => {
    const vanished = keptOf(stateOf('c'), first);
    const later = [
      { run: third, changes: [{ before: newer, after: newest }] },
      { run: second, changes: [{ before: old, after: newer }, { before: vanished }] },
    ];
    expect(statesAsOf({ bucket: 0, chunks }, later).map(({ state }) => [state.id, state.build])).toEqual([
      ['b', 14393],
      ['c', 14393],
      ['n', 14393],
    ]);
  });

  it('are none of an empty bucket', () => {
    expect(statesAsOf({ bucket: 0, chunks: [] }, [])).toEqual([]);
  });
});
