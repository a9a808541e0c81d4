/** States and changes for laws: any that the types allow. */
import * as fc from 'fast-check';
import type { Change } from '../../../src/snapshots/change.ts';
import type { KeptState } from '../../../src/snapshots/keptState.ts';
import { runIdAt } from '../../../src/snapshots/runId.ts';
import type { SecurityState } from '../../../src/snapshots/securityState.ts';

export const anyRun = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => runIdAt(seconds * 1000));

export const anyId = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[0-9a-f]{40}$/) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }) },
);

const orNull = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });

const anyState: fc.Arbitrary<SecurityState> = fc.record({
  id: anyId,
  build: orNull(fc.nat()),
  revision: orNull(fc.nat()),
  architecture: orNull(fc.constantFrom('Amd64', 'X86', 'Arm64', '')),
  osVersion: orNull(
    fc.oneof(fc.constant('10.0.14393.2485.amd64fre.rs1_release.180827-1809'), fc.string({ unit: 'binary' })),
  ),
  propertiesRequireAttention: fc.array(fc.constantFrom('AntivirusNotReporting', 'EdrImpairedCommunications', 'ä"\\'), {
    maxLength: 3,
  }),
});

export const anyKept: fc.Arbitrary<KeptState> = anyState.chain((state) => {
  const count = state.propertiesRequireAttention.length;
  const since = anyRun;
  return fc
    .record({ since, appeared: anyRun, missedSince: fc.option(anyRun, { nil: undefined }) })
    .chain((kept) =>
      fc
        .oneof(
          fc.constant(state.propertiesRequireAttention.map(() => kept.since)),
          fc.array(anyRun, { minLength: count, maxLength: count }),
        )
        .map((attentionSince) => ({ state, ...kept, attentionSince })),
    );
});

export const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ before: anyKept, after: anyKept }),
  fc.record({ before: anyKept }),
  fc.record({ after: anyKept }),
);
