/**
 * What a playbook is told of a machine: a CloudEvent ("CloudEvents", version 1.0.2) that it newly requires attention, or recovered.
 * `docs/security-state-events.md` documents it, with an example of each kind.
 */
import type { Change } from '../change.ts';
import type { KeptState } from '../keptState.ts';
import { goneAttention, kindOf, newAttention } from '../merge/kindOf.ts';
import type { Run } from '../run.ts';
import { type RunId, startOf } from '../runId.ts';
import type { SecurityState } from '../securityState.ts';

export interface AttentionEvent {
  readonly specversion: '1.0';
  /** The same each time the event is sent. */
  readonly id: string;
  readonly source: string;
  readonly type: `defender.gateway.machine.${Told}.v1`;
  /** The machine. */
  readonly subject: string;
  /** When the run began that saw it. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: AttentionData;
}

type Told = 'requiresAttention' | 'recovered';

export interface AttentionData {
  readonly machineId: string;
  readonly changeKind: 'appeared' | 'newlyRequiresAttention' | 'resolved';
  readonly run: RunId;
  readonly previousRun: RunId;
  readonly newlyRequiresAttention: readonly string[];
  readonly noLongerRequiresAttention: readonly string[];
  /** All that require attention now, the new ones too. */
  readonly requiresAttention: readonly { readonly property: string; readonly since: string }[];
  /** null where the machine appeared. */
  readonly before: SecurityState | null;
  readonly after: SecurityState;
  readonly links: { readonly states: string; readonly changes: string };
}

/**
 * The events of a run, in the order of its changes. None of the first run, nor of one whose source is another than before: neither has
 * anything to compare with.
 *
 * @param source the gateway's, a URI reference
 */
export const attentionEvents = (run: Run, changes: readonly Change[], source: string): readonly AttentionEvent[] => {
  const { previous } = run;
  if (previous === undefined || run.sourceChanged) return [];
  return changes.flatMap((change) => eventOf(change, { run: run.id, previous, source }) ?? []);
};

interface Seen {
  readonly run: RunId;
  readonly previous: RunId;
  readonly source: string;
}

const eventOf = (change: Change, { run, previous, source }: Seen): AttentionEvent | undefined => {
  const { before, after } = change;
  const kind = kindOf(change);
  if (!after || (kind !== 'appeared' && kind !== 'newlyRequiresAttention' && kind !== 'resolved')) return undefined;
  const newly = newAttention(change);
  if (kind === 'appeared' && newly.length === 0) return undefined;
  const told: Told = kind === 'resolved' ? 'recovered' : 'requiresAttention';
  const machineId = after.state.id;
  return {
    specversion: '1.0',
    id: `${run}/${machineId}/${told}`,
    source,
    type: `defender.gateway.machine.${told}.v1`,
    subject: machineId,
    time: startOf(run),
    datacontenttype: 'application/json',
    data: {
      machineId,
      changeKind: kind,
      run,
      previousRun: previous,
      newlyRequiresAttention: newly,
      noLongerRequiresAttention: goneAttention(change),
      requiresAttention: requiring(after),
      before: before ? documented(before.state) : null,
      after: documented(after.state),
      links: linksOf(machineId, run, previous),
    },
  };
};

const requiring = ({ state, since, attentionSince }: KeptState) =>
  state.propertiesRequireAttention.map((property, at) => ({ property, since: startOf(attentionSince[at] ?? since) }));

/** With the names of Defender's document, and no others. */
const documented = (state: SecurityState): SecurityState => ({
  id: state.id,
  build: state.build,
  revision: state.revision,
  architecture: state.architecture,
  osVersion: state.osVersion,
  propertiesRequireAttention: state.propertiesRequireAttention,
});

const linksOf = (machineId: string, run: RunId, previous: RunId) => ({
  states: `/gateway/machines/${encodeURIComponent(machineId)}/states`,
  changes: `/gateway/snapshots/${run}/changes?since=${previous}`,
});
