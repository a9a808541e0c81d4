import * as fc from 'fast-check';
import { type ChangeKind, changeKinds, idOf } from '../../../src/snapshots/change.ts';
import type { KeptState } from '../../../src/snapshots/keptState.ts';
import { kindOf } from '../../../src/snapshots/merge/kindOf.ts';
import type { BucketTally } from '../../../src/snapshots/merge/merge.ts';
import { noChanges } from '../../../src/snapshots/run.ts';
import { lastFence } from '../../../src/snapshots/stateStore.ts';
import { partsOf } from '../../../src/snapshots/store/changeParts.ts';
import { law } from '../../support/law.ts';
import { type Copy, copiesOf, histories } from '../support/histories.ts';
import { type MergedRun, mergedHistory, ways } from '../support/mergedHistory.ts';
import { readBucket, type StoredBucket } from '../support/storedBucket.ts';

const machinesOf = (stored: StoredBucket): readonly KeptState[] =>
  readBucket(stored).chunks.flatMap(({ machines }) => machines);

/** Machines that do not stand in order, or not above the fence before their chunk's and up to its own; chunks too small or too large. */
const outOfPlace = (stored: StoredBucket, mostMachines: number): readonly string[] => {
  let above = '';
  return readBucket(stored).chunks.flatMap(({ fence, machines }) => {
    const ids = machines.map(({ state }) => state.id);
    const wrong = ids.filter((id, at) => id <= (ids[at - 1] ?? above) || id > fence);
    above = fence;
    return ids.length > 0 && ids.length <= mostMachines ? wrong : [...wrong, fence];
  });
};

const changesOf = ({ look, after }: MergedRun) =>
  after.log.filter(({ run }) => run === look.run).flatMap(({ changes }) => changes);

/** What a tally must say of a copy of the fleet. */
const tallied = (copy: Copy, stored: number, changes: Readonly<Record<ChangeKind, number>>): BucketTally => {
  const machines = [...copy.values()];
  const properties = machines.flatMap(({ state }) => state.propertiesRequireAttention);
  return {
    stored,
    machines: machines.length,
    missed: machines.filter(({ missedSince }) => missedSince !== undefined).length,
    changes,
    requireAttention: machines.filter(({ state }) => state.propertiesRequireAttention.length > 0).length,
    attention: Object.fromEntries(
      [...new Set(properties)].map((property) => [property, properties.filter((other) => other === property).length]),
    ),
  };
};

const inKinds = (kinds: readonly ChangeKind[]): Readonly<Record<ChangeKind, number>> =>
  Object.fromEntries(changeKinds.map((kind) => [kind, kinds.filter((other) => other === kind).length])) as Record<
    ChangeKind,
    number
  >;

describe('a bucket into which random histories are merged', () => {
  it('holds after each run what full copies of the fleet hold, however often the run was killed', () => {
    law(
      fc.property(histories, ways, (history, way) => {
        const copies = copiesOf(history);
        for (const [at, { after }] of mergedHistory(history, way).entries()) {
          expect(machinesOf(after)).toEqual([...(copies[at]?.values() ?? [])]);
        }
      }),
      300,
    );
  });

  it('is in the end as if no run had been killed: machines, head, changes and tally', () => {
    law(
      fc.property(histories, ways, (history, way) => {
        const undisturbed = mergedHistory(history, { ...way, kills: [] });
        for (const [at, killed] of mergedHistory(history, way).entries()) {
          const run = undisturbed[at] as MergedRun;
          expect(machinesOf(killed.after)).toEqual(machinesOf(run.after));
          // What is left of a bucket may be nothing to write: then its head stays where it stood, and nobody asks for it any more.
          expect({ ...killed.after.head, upTo: run.after.head?.upTo }).toEqual({ ...run.after.head });
          expect(changesOf(killed)).toEqual(changesOf(run));
          expect(killed.tally).toEqual(run.tally);
        }
      }),
      300,
    );
  });

  it('is tallied as its machines and the changes on record are', () => {
    law(
      fc.property(histories, ways, (history, way) => {
        const copies = copiesOf(history);
        for (const [at, run] of mergedHistory(history, way).entries()) {
          const kinds = inKinds(changesOf(run).map(kindOf));
          expect(run.tally).toEqual(tallied(copies[at] as Copy, run.look.seen.length, kinds));
        }
      }),
      300,
    );
  });

  it('has each machine once and in the range of its chunk, after each batch', () => {
    law(
      fc.property(histories, ways, (history, way) => {
        for (const stored of mergedHistory(history, way).flatMap(({ steps }) => steps)) {
          expect(outOfPlace(stored, way.sizes.most)).toEqual([]);
        }
      }),
      300,
    );
  });

  it('is written in batches of the entities that may be in one, from low ids to high ones, each with its own changes', () => {
    law(
      fc.property(histories, ways, (history, way) => {
        for (const { merged, look } of mergedHistory(history, way)) {
          for (const { batches } of merged) {
            let above = '';
            let counted = batches[0] ? undefined : noChanges;
            for (const { head, put, remove, changes } of batches) {
              expect(1 + put.length + remove.length + partsOf(changes)).toBeLessThanOrEqual(way.mostEntities);
              expect(head.run).toBe(look.run);
              expect(head.upTo > above).toBe(true);
              expect(changes.map(idOf).every((id) => id > above && id <= head.upTo)).toBe(true);
              if (counted) expect(head.changes).toEqual(sum(counted, inKinds(changes.map(kindOf))));
              counted = head.changes;
              above = head.upTo;
            }
            if (batches.length > 0) expect(above).toBe(lastFence);
          }
        }
      }),
      300,
    );
  });

  it('is not written at all when the same is merged again', () => {
    law(
      fc.property(histories, ways, (history, way) => {
        for (const { merged, steps } of mergedHistory(history, { ...way, kills: history.map(() => [1000, 1000]) })) {
          expect(merged.slice(1).flatMap(({ batches }) => batches)).toEqual([]);
          expect(steps).toHaveLength(1 + (merged[0]?.batches.length ?? 0));
        }
      }),
      300,
    );
  });
});

const sum = (
  a: Readonly<Record<ChangeKind, number>>,
  b: Readonly<Record<ChangeKind, number>>,
): Readonly<Record<ChangeKind, number>> =>
  Object.fromEntries(changeKinds.map((kind) => [kind, a[kind] + b[kind]])) as Record<ChangeKind, number>;
