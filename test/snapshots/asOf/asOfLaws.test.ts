import * as fc from 'fast-check';
import { netChanges } from '../../../src/snapshots/asOf/netChanges.ts';
import { statesAsOf } from '../../../src/snapshots/asOf/undo.ts';
import type { Change } from '../../../src/snapshots/change.ts';
import type { KeptState } from '../../../src/snapshots/keptState.ts';
import type { RunId } from '../../../src/snapshots/runId.ts';
import type { RunChanges } from '../../../src/snapshots/stateStore.ts';
import { law } from '../../support/law.ts';
import { type Copy, copiesOf, histories, plain, unmissed } from '../support/histories.ts';
import { mergedHistory, ways } from '../support/mergedHistory.ts';
import { changesAfter, emptyBucket, readBucket } from '../support/storedBucket.ts';

const withoutMisses = (states: Iterable<KeptState>): readonly KeptState[] => [...states].map(unmissed);

/** Changes between two copies of the fleet, machine by machine. */
const difference = (one: Copy, other: Copy): readonly Change[] => {
  const ids = [...new Set([...one.keys(), ...other.keys()])].sort();
  return ids.flatMap((id) => {
    const before = one.get(id);
    const after = other.get(id);
    if (before && after && plain(before.state) === plain(after.state)) return [];
    return [{ ...(before && { before: unmissed(before) }), ...(after && { after: unmissed(after) }) }];
  });
};

const changeWithoutMisses = ({ before, after }: Change): Change => ({
  ...(before && { before: unmissed(before) }),
  ...(after && { after: unmissed(after) }),
});

const between = (log: readonly RunChanges[], from: RunId, to: RunId): readonly RunChanges[] =>
  log.filter(({ run }) => run > from && run <= to);

describe('the fleet as of a run', () => {
  it('is what a full copy of the fleet held then', () => {
    law(
      fc.property(histories, ways, (history, way) => {
        const stored = mergedHistory(history, way).at(-1)?.after ?? emptyBucket;
        for (const [at, copy] of copiesOf(history).entries()) {
          const asOf = statesAsOf(readBucket(stored), changesAfter(stored, history[at]?.run ?? ''));
          expect(withoutMisses(asOf)).toEqual(withoutMisses(copy.values()));
        }
      }),
      300,
    );
  });

  it('is the same while a later run is under way, its changes read no sooner than the machines', () => {
    law(
      fc.property(histories, ways, fc.nat(), fc.nat(), (history, way, one, another) => {
        const steps = mergedHistory(history, way).flatMap((run) =>
          run.steps.slice(1).map((stored) => ({ stored, run })),
        );
        const [machines, changes] = [one % (steps.length + 1), another % (steps.length + 1)].sort((a, b) => a - b);
        const read = steps[machines ?? 0];
        const readThen = steps[changes ?? 0];
        if (!read || !readThen) return;
        for (const [at, copy] of copiesOf(history).entries()) {
          const { run } = history[at] ?? read.run.look;
          if (run >= read.run.look.run) break;
          const asOf = statesAsOf(readBucket(read.stored), changesAfter(readThen.stored, run));
          expect(withoutMisses(asOf)).toEqual(withoutMisses(copy.values()));
        }
      }),
      300,
    );
  });
});

describe('what changed between two runs', () => {
  it('is how full copies of the fleet differ', () => {
    law(
      fc.property(histories, ways, (history, way) => {
        const { log } = mergedHistory(history, way).at(-1)?.after ?? emptyBucket;
        const copies = copiesOf(history).map((copy, at) => ({ copy, run: history[at]?.run ?? '' }));
        for (const { copy: one, run: from } of copies) {
          for (const { copy: other, run: to } of copies.filter(({ run }) => run >= from)) {
            const net = netChanges(between(log, from, to)).map(changeWithoutMisses);
            expect(net).toEqual(difference(one, other));
          }
        }
      }),
      300,
    );
  });
});
