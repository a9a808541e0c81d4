/** What is remembered of security states (`src/snapshots/reading`). */
import * as z from 'zod';
import { changeKinds } from '../../snapshots/change.ts';
import type { ChangeRow } from '../../snapshots/reading/changeRow.ts';
import type { HistoryRow } from '../../snapshots/reading/historyRow.ts';
import type { MachineRow } from '../../snapshots/reading/machineRow.ts';
import type { TrendRow } from '../../snapshots/reading/trend.ts';
import { shown } from './shown.ts';

const instant = z.iso.datetime();
const names = z.array(z.string());

// biome-ignore format: it is a table
export const snapshotMachine = shown(z.object({
  id: shown(z.string(), 'Machine Id', '40 hexadecimal digits.'),
  build: shown(z.int().nullable(), 'Build', 'Of its operating system.'),
  revision: shown(z.int().nullable(), 'Revision', 'Of its operating system.'),
  architecture: shown(z.string().nullable(), 'Architecture', 'Amd64, X86 or Arm64.'),
  osVersion: shown(z.string().nullable(), 'OS Version', 'Such as 10.0.22631.4338.'),
  propertiesRequireAttention: shown(names, 'Properties That Require Attention', 'Such as AntivirusNotReporting.'),
  since: shown(instant, 'Since', 'Since when its state is as it is.'),
  attentionSince: shown(z.record(z.string(), instant), 'Attention Since', 'For each property, since when it requires attention without a break.'),
  appeared: shown(instant, 'Appeared', 'When it was first found.'),
  missedSince: shown(instant.nullable(), 'Missed Since', 'Null where the last complete run saw it.'),
}), 'Machine State', 'The security state of a machine, and since when.') satisfies z.ZodType<MachineRow>;

export const snapshotMachineOrNone = shown(
  snapshotMachine.nullable(),
  'Machine State',
  'The security state of a machine, and since when; null where it was not there.',
);

const change = z.enum(changeKinds);
const newly = shown(names, 'Newly Requires', 'Properties that require attention and did not before.');
const noLonger = shown(names, 'No Longer Requires', 'Properties that required attention before.');

export const snapshotChange = z.object({
  id: shown(z.string(), 'Machine Id', '40 hexadecimal digits.'),
  change: shown(change, 'Change', 'Of what kind it is.'),
  before: snapshotMachineOrNone,
  after: snapshotMachineOrNone,
  newlyRequires: newly,
  noLongerRequires: noLonger,
}) satisfies z.ZodType<ChangeRow>;

export const machineHistory = z.object({
  from: shown(instant, 'From', 'Since when it was so.'),
  until: shown(instant.nullable(), 'Until', 'Null: it still is.'),
  run: shown(z.string(), 'Run', 'The run that found it.'),
  change: shown(change.nullable(), 'Change', 'What made it so; null where that is no longer kept.'),
  newlyRequires: newly,
  noLongerRequires: noLonger,
  state: snapshotMachineOrNone,
}) satisfies z.ZodType<HistoryRow>;

export const trendPoint = z.object({
  at: shown(instant, 'At', 'When the run began.'),
  run: shown(z.string(), 'Run', 'Of which it is told.'),
  property: shown(z.string(), 'Property', 'That requires attention.'),
  count: shown(z.int(), 'Count', 'Of how many machines it does.'),
  machines: shown(z.int(), 'Machines', 'How many there were in all.'),
  requireAttention: shown(z.int(), 'Machines That Require Attention', 'For whatever property.'),
}) satisfies z.ZodType<TrendRow>;
