/** What is remembered of security states. None of it costs a call to Defender. */
import type { DefinitionName } from '../definitions.ts';
import { type HeaderName, ofRun, stored } from '../headers.ts';
import type { Operation } from '../operation.ts';
import { read } from '../parameters.ts';
import { reading } from '../responseSets.ts';

const answersWith = (schema: DefinitionName, description: string, headers: readonly HeaderName[]) => ({
  method: 'get' as const,
  access: ['Machines.Read'] as const,
  answers: [{ status: 200, description, schema, headers }],
  shared: reading,
});

export const snapshotOperations: readonly Operation[] = [
  {
    ...answersWith('SnapshotList', 'Runs, the newest first.', stored),
    path: '/gateway/snapshots',
    id: 'ListSnapshots',
    summary: 'List snapshots',
    description: 'Each run, with what it found and what it cost; one that is under way, too.',
    parameters: ['TopThousand', 'SkipToken', ...read],
    pages: true,
  },
  {
    ...answersWith('Snapshot', 'The run.', ofRun),
    path: '/gateway/snapshots/{run}',
    id: 'GetSnapshot',
    summary: 'Get a snapshot',
    description: 'One run, with its progress while it is under way.',
    parameters: ['Run', ...read],
  },
  {
    ...answersWith('TrendPointList', 'One point for each run and property.', stored),
    path: '/gateway/snapshots/trend',
    id: 'GetAttentionTrend',
    summary: 'Get how many machines required attention over time',
    description: 'Of how many machines each property required attention, run by run.',
    parameters: ['Property', 'From', 'To', 'Top', 'SkipToken', ...read],
    pages: true,
  },
  {
    ...answersWith('MachineStateList', 'Machines, with since when they are so.', ofRun),
    path: '/gateway/snapshots/{run}/machines',
    id: 'ListMachinesOfSnapshot',
    summary: 'List the machines of a snapshot',
    description: 'The fleet as a run found it, or as it was at an instant; or the machines that require attention.',
    visibility: 'important',
    parameters: ['Run', 'Requires', 'AsOf', 'Top', 'SkipToken', ...read],
    pages: true,
  },
  {
    ...answersWith('MachineChangeList', 'Changes, machine by machine.', ofRun),
    path: '/gateway/snapshots/{run}/changes',
    id: 'ListChangesOfSnapshot',
    summary: 'List what changed between two snapshots',
    description: 'Machine by machine, such as those that newly require attention.',
    visibility: 'important',
    parameters: ['Run', 'Since', 'Change', 'Top', 'SkipToken', ...read],
    pages: true,
  },
  {
    ...answersWith('MachineHistoryList', 'Its states, the newest first.', ofRun),
    path: '/gateway/machines/{id}/states',
    id: 'ListStatesOfMachine',
    summary: 'List what a machine went through',
    description: 'Its security state now, and each one it had before.',
    parameters: ['MachineId', 'TopThousand', 'SkipToken', ...read],
    pages: true,
  },
];
