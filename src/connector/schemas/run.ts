/** A run, as it is told of (`src/snapshots/reading/runRow.ts`). */
import * as z from 'zod';
import type { RunRow } from '../../snapshots/reading/runRow.ts';
import { shown } from './shown.ts';

const instant = z.iso.datetime();

const changes = z.object({
  appeared: shown(z.int(), 'Appeared', 'Machines that were not kept before.'),
  vanished: shown(z.int(), 'Vanished', 'Machines that two complete runs did not list.'),
  newlyRequiresAttention: shown(z.int(), 'Newly Require Attention', 'Machines that do for something new.'),
  resolved: shown(z.int(), 'Resolved', 'Machines that do so no longer for something, and for nothing new.'),
  changed: shown(z.int(), 'Changed', 'Machines of which something else is different.'),
});

const counts = z.object({
  received: shown(z.int(), 'Received', 'Machines that Defender listed.'),
  duplicates: shown(z.int(), 'Duplicates', 'Of these, listed more than once.'),
  stored: shown(z.int(), 'Stored', 'Machines that the run saw, each once.'),
  machines: shown(z.int(), 'Machines', 'That are kept, missed ones too.'),
  missed: shown(z.int(), 'Missed', 'Of these, not seen by the last complete run.'),
  changes: shown(changes, 'Changes', 'How many of each kind.'),
  requireAttention: shown(z.int(), 'Require Attention', 'Machines that do, for whatever property.'),
  attention: shown(z.record(z.string(), z.int()), 'Attention by Property', 'Of how many machines each property does.'),
});

const phaseSeconds = z.object({
  collecting: shown(z.number(), 'Seconds of Collecting', 'Pages from Defender.'),
  merging: shown(z.number(), 'Seconds of Merging', 'With what is kept.'),
  telling: shown(z.number(), 'Seconds of Telling', 'The queue what changed.'),
});

const cost = z.object({
  calls: shown(z.int(), 'Calls', 'To Defender, those that failed too.'),
  tableTransactions: shown(z.int(), 'Table Transactions', 'Of storage.'),
  stagingTransactions: shown(z.int(), 'Staging Transactions', 'Of storage.'),
  messages: shown(z.int(), 'Messages', 'That told what changed.'),
  seconds: shown(z.number(), 'Seconds', 'Of work.'),
  phaseSeconds: shown(phaseSeconds, 'Seconds by Phase', 'Of work in each.'),
  slices: shown(z.int(), 'Slices', 'Invocations that it took.'),
});

const list = z.object({
  isDone: shown(z.boolean(), 'Is Done', 'Whether all of it is here.'),
  pages: shown(z.int(), 'Pages', 'That are here.'),
  received: shown(z.int(), 'Received', 'Rows that are here.'),
  announced: shown(z.int().nullable(), 'Announced', 'How many Defender says that there are; null where it does not.'),
  slips: shown(z.int(), 'Slips', 'How often rows may have been missed.'),
});

const lists = z.object({
  states: shown(list.exactOptional(), 'States', 'Of the preview.'),
  machines: shown(list.exactOptional(), 'Machines', 'Where states are composed.'),
  antivirus: shown(list.exactOptional(), 'Antivirus', 'Where states are composed.'),
});

const progress = z.object({
  lists: shown(lists, 'Lists', 'That are read.'),
  buckets: shown(z.int(), 'Buckets', 'Parts of the fleet.'),
  merged: shown(z.int(), 'Merged', 'Parts that are stored.'),
  told: shown(z.int(), 'Told', 'Parts whose changes are told.'),
});

const states = ['collecting', 'merging', 'telling', 'complete', 'incomplete', 'failed'] as const;

// biome-ignore format: it is a table
const fields = {
  '@odata.context': shown(z.string().optional(), 'Context', 'OData: what it is, where it comes by itself.', 'internal'),
  id: shown(z.string(), 'Run', 'The name of the run: when it began, such as 20261121T190000Z.'),
  startedAt: shown(instant, 'Started At', 'When it began.'),
  finishedAt: shown(instant.nullable(), 'Finished At', 'Null while it is under way.'),
  state: shown(z.enum(states), 'State', 'What it does, or how it ended. Only what is complete or incomplete can be read.'),
  reason: shown(z.string().nullable(), 'Reason', 'Why it is incomplete or failed, or what it waits for.'),
  untold: shown(z.string().nullable(), 'Untold', 'Why the queue was not told of all that changed.'),
  source: shown(z.enum(['preview', 'composed']), 'Source', 'Where the states come from.'),
  sourceChanged: shown(z.boolean(), 'Source Changed', 'Whether the run before had another: then much is different that did not change.'),
  previous: shown(z.string().nullable(), 'Previous Run', 'The last one before it that is stored.'),
  counts: shown(counts, 'Counts', 'What it found.'),
  cost: shown(cost, 'Cost', 'What it took.', 'advanced'),
  overdue: shown(z.int(), 'Overdue', 'Ticks of the schedule that came meanwhile.', 'advanced'),
  progress: shown(progress.nullable(), 'Progress', 'Null when it is over.', 'advanced'),
};

export const run = shown(z.object(fields), 'Snapshot', 'One look at the whole fleet.') satisfies z.ZodType<RunRow>;
