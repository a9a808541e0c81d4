/** Changes of machines, and the runs that found them, as tests of telling need them. */
import type { Change } from '../../../src/snapshots/change.ts';
import type { KeptState } from '../../../src/snapshots/keptState.ts';
import { noChanges, noCost, noCounts, type Run } from '../../../src/snapshots/run.ts';
import type { RunId } from '../../../src/snapshots/runId.ts';

/** @param attention the run since which each property requires attention */
export const kept = (id: string, attention: Readonly<Record<string, RunId>> = {}): KeptState => ({
  state: {
    id,
    build: 14393,
    revision: 2485,
    architecture: 'Amd64',
    osVersion: '10.0.14393.2485.amd64fre.rs1_release.180827-1809',
    propertiesRequireAttention: Object.keys(attention),
  },
  appeared: '20260101T000000Z',
  since: Object.values(attention).at(-1) ?? '20260101T000000Z',
  attentionSince: Object.values(attention),
});

/** A machine that newly requires attention. */
export const alarming = (id: string, run: RunId): Change => ({
  before: kept(id),
  after: kept(id, { AntivirusNotReporting: run }),
});

export const runOf = (id: RunId, more: Partial<Run> = {}): Run => ({
  id,
  startedAt: '2026-11-21T19:00:00Z',
  source: 'composed',
  phase: 'telling',
  previous: '20261121T180000Z',
  sourceChanged: false,
  lists: {},
  merged: 64,
  told: 0,
  counts: noCounts,
  cost: noCost,
  overdue: 0,
  ...more,
});

/** The counts of a run in which so many newly require attention. */
export const countsOf = (newlyRequiresAttention: number) => ({
  ...noCounts,
  requireAttention: newlyRequiresAttention,
  changes: { ...noChanges, newlyRequiresAttention },
});
