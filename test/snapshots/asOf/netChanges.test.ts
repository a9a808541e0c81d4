import { netChanges } from '../../../src/snapshots/asOf/netChanges.ts';
import { hourlyRun, keptOf, stateOf } from '../support/states.ts';

const [first, second, third] = [hourlyRun(0), hourlyRun(1), hourlyRun(2)];
const old = keptOf(stateOf('b'), first);
const newer = keptOf(stateOf('b', { build: 19045 }), second);
const newest = keptOf(stateOf('b', { build: 22631 }), third);

describe('what changed over several runs', () => {
  it('is told once of a machine: how it was before the first, and is behind the last', () => {
    const runs = [
      { run: third, changes: [{ before: newer, after: newest }] },
      { run: second, changes: [{ before: old, after: newer }] },
    ];
    expect(netChanges(runs)).toEqual([{ before: old, after: newest }]);
  });

  it('is nothing where a machine is as it was', () => {
    const again = keptOf(stateOf('b', { osVersion: '10.0.14393.2485.amd64fre.rs1_release' }), third);
    const runs = [
      { run: third, changes: [{ before: newer, after: again }] },
      { run: second, changes: [{ before: old, after: newer }] },
    ];
    expect(netChanges(runs)).toEqual([]);
  });

  it('is nothing where a machine came and went', () => {
    const runs = [
      { run: third, changes: [{ before: newer }] },
      { run: second, changes: [{ after: newer }] },
    ];
    expect(netChanges(runs)).toEqual([]);
  });

  it('is one change where a machine went and came back otherwise', () => {
    const runs = [
      { run: third, changes: [{ after: newest }] },
      { run: second, changes: [{ before: old }] },
    ];
    expect(netChanges(runs)).toEqual([{ before: old, after: newest }]);
  });

  it('is sorted by id, whatever the order of the runs', () => {
    const [a, c] = [keptOf(stateOf('a'), second), keptOf(stateOf('c'), third)];
    const runs = [
      { run: third, changes: [{ after: c }] },
      { run: second, changes: [{ after: a }, { before: old, after: newer }] },
    ];
    expect(netChanges(runs)).toEqual([{ after: a }, { before: old, after: newer }, { after: c }]);
  });

  it('is nothing over no runs', () => {
    expect(netChanges([])).toEqual([]);
  });
});
