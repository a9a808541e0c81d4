/**
 * Random histories of a small fleet, run after run: machines appear, change, are written otherwise, are not seen, come back; some runs are incomplete.
 * `copiesOf` is what must come of one: full copies of the fleet after each run, by the words of `KeptState` and no cleverness.
 */
import * as fc from 'fast-check';
import type { KeptState } from '../../../src/snapshots/keptState.ts';
import type { RunId } from '../../../src/snapshots/runId.ts';
import type { SecurityState } from '../../../src/snapshots/securityState.ts';
import { hourlyRun, stateOf } from './states.ts';

export interface Look {
  readonly run: RunId;
  readonly isComplete: boolean;
  /** Sorted by id. */
  readonly seen: readonly SecurityState[];
}

export type History = readonly Look[];

/** What is kept after a run, by id. */
export type Copy = ReadonlyMap<string, KeptState>;

/** What a run sees of a machine: as it was last, nothing, or another state. */
type Sight = 'same' | 'absent' | Pick<SecurityState, 'build' | 'osVersion' | 'propertiesRequireAttention'>;

/** Of few machines and few states, so that things happen again and again. */
export const histories: fc.Arbitrary<History> = fc
  .integer({ min: 1, max: 24 })
  .chain((machines) =>
    fc.array(fc.tuple(fc.boolean(), fc.array(sights(), { minLength: machines, maxLength: machines })), {
      minLength: 1,
      maxLength: 8,
    }),
  )
  .map((looks) => {
    const last = new Map<string, SecurityState>();
    return looks.map(([isComplete, some], hour) => ({
      run: hourlyRun(hour),
      isComplete,
      seen: some.flatMap((sight, machine) => sightOf(machine, sight, last)),
    }));
  });

const sights = (): fc.Arbitrary<Sight> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant('same' as const) },
    { weight: 3, arbitrary: fc.constant('absent' as const) },
    {
      weight: 3,
      arbitrary: fc.record({
        build: fc.constantFrom(14393, 19045),
        osVersion: fc.constantFrom('10.0.1.2', '10.0.1.2.amd64fre.rs1', null),
        propertiesRequireAttention: fc.subarray(['AntivirusNotReporting', 'AntivirusSignatures', 'Sensor']),
      }),
    },
  );

const sightOf = (machine: number, sight: Sight, last: Map<string, SecurityState>): readonly SecurityState[] => {
  if (sight === 'absent') return [];
  const id = machine.toString(16).padStart(4, '0');
  const state = sight === 'same' ? last.get(id) : stateOf(id, sight);
  if (!state) return [];
  last.set(id, state);
  return [state];
};

/** Full copies of the fleet: what is kept after each run. */
export const copiesOf = (history: History): readonly Copy[] => {
  const copies: Copy[] = [];
  for (const [at, look] of history.entries()) {
    const seen = new Map(look.seen.map((state) => [state.id, state]));
    const ids = new Set([...(copies.at(-1)?.keys() ?? []), ...seen.keys()]);
    const copy = new Map<string, KeptState>();
    for (const id of [...ids].sort()) {
      const kept = keptAfter(id, seen.get(id), { look, copies, runs: history.slice(0, at + 1).map(({ run }) => run) });
      if (kept) copy.set(id, kept);
    }
    copies.push(copy);
  }
  return copies;
};

interface Past {
  readonly look: Look;
  /** Of the runs before. */
  readonly copies: readonly Copy[];
  /** Those before, and this one. */
  readonly runs: readonly RunId[];
}

const keptAfter = (id: string, seen: SecurityState | undefined, past: Past): KeptState | undefined => {
  const { look, copies, runs } = past;
  const before = copies.at(-1)?.get(id);
  if (!seen && before && look.isComplete && before.missedSince !== undefined) return undefined;
  const state = before && (!seen || plain(before.state) === plain(seen)) ? before.state : seen;
  if (!state) return undefined;
  const sinceWhen = (holds: (kept: KeptState) => boolean): RunId => {
    let since = copies.length;
    for (; since > 0; since -= 1) {
      const kept = copies[since - 1]?.get(id);
      if (!kept || !holds(kept)) break;
    }
    return runs[since] ?? look.run;
  };
  const missedSince = seen ? undefined : (before?.missedSince ?? (look.isComplete ? look.run : undefined));
  return {
    state,
    appeared: sinceWhen(() => true),
    since: sinceWhen((kept) => plain(kept.state) === plain(state)),
    attentionSince: state.propertiesRequireAttention.map((property) =>
      sinceWhen((kept) => kept.state.propertiesRequireAttention.includes(property)),
    ),
    ...(missedSince !== undefined && { missedSince }),
  };
};

/** One text for all states that are the same to us. */
export const plain = (state: SecurityState): string =>
  JSON.stringify([
    state.id,
    state.build,
    state.revision,
    state.architecture,
    state.osVersion?.split('.').slice(0, 4),
    [...state.propertiesRequireAttention].sort(),
  ]);

/** Without `missedSince`, which is not kept for the past. */
export const unmissed = ({ missedSince: _, ...kept }: KeptState): KeptState => kept;
