/** Alerts on their way to their machines (`src/enrichment`). */
import * as z from 'zod';
import { channelNames } from '../../enrichment/delivery.ts';
import type { AlertEvent, AlertOutcome, EnrichedMachine } from '../../enrichment/event.ts';
import { alertStates } from '../../enrichment/record.ts';
import { sourceNames } from '../../enrichment/reference.ts';
import { machine } from './machine.ts';
import { shown } from './shown.ts';

const instant = z.iso.datetime();
const sources = shown(z.array(z.enum(sourceNames)), 'Formats', 'That it came in, each once.');
const alertId = shown(z.string(), 'Alert Id', 'As it first came.');
const link = shown(z.string(), 'Link', 'Where the alert and its result are found.');

// biome-ignore format: it is a table
export const sentAlert = z.looseObject({
  alertId: shown(z.string().optional(), 'Alert Id', 'With da in front or without. Or send the alert as it came, in any of the formats.', 'important'),
  machineId: shown(z.string().optional(), 'Machine Id', 'Where it is known: 40 hexadecimal digits. It spares a call.'),
  machineIds: shown(z.array(z.string()).optional(), 'Machine Ids', 'Where there are several.', 'advanced'),
});

const taken = z.object({
  alertId,
  status: shown(z.enum(['new', 'known', 'reopened']), 'Status', 'known: nothing new was said of it.'),
  link,
});

const item = z.object({
  item: shown(z.string(), 'Item', 'Where it stands, such as value[3].'),
  message: shown(z.string(), 'Message', 'What is wrong with it.'),
});

export const takenAlerts = z.object({
  accepted: shown(z.array(taken), 'Accepted', 'Alerts that are recorded.'),
  refused: shown(z.array(item), 'Refused', 'What can not be taken.'),
  refusedLeftOut: shown(z.int().optional(), 'Refused Left Out', 'How many more there are.'),
  ignored: shown(z.array(item), 'Ignored', 'What is no alert.'),
  ignoredLeftOut: shown(z.int().optional(), 'Ignored Left Out', 'How many more there are.'),
});

const enrichedMachine = z.object({
  machine,
  ageSeconds: shown(z.number(), 'Age in Seconds', 'Of the answer, when this was made.'),
  asOf: shown(instant, 'As Of', 'When Defender was asked.'),
  from: shown(z.enum(['cache', 'defender']), 'From', 'cache: it was kept from before.'),
  by: shown(
    z.enum(['machineId', 'alertId']),
    'Found By',
    'machineId: the event names it. alertId: Defender has it for the alert.',
  ),
}) satisfies z.ZodType<Omit<EnrichedMachine, 'machine'>>;

const finalStates = z.enum(alertStates).exclude(['waiting']);

// biome-ignore format: it is a table
const outcome = z.object({
  alertId,
  state: shown(finalStates, 'State', 'What became of the alert.'),
  sequence: shown(z.int(), 'Sequence', 'Which result of this alert it is.'),
  sources,
  receivedAt: shown(instant, 'Received At', 'When it first came in.'),
  raisedAt: shown(instant.exactOptional(), 'Raised At', 'Where it is known.'),
  finishedAt: shown(instant, 'Finished At', 'When this result was made.'),
  reason: shown(z.string().exactOptional(), 'Reason', 'Why it has no machine.'),
  machines: shown(z.array(enrichedMachine), 'Machines', 'All that Defender knows.', 'important'),
  unknownMachineIds: shown(z.array(z.string()), 'Unknown Machine Ids', 'That the event names and Defender does not know.'),
  calls: shown(z.int(), 'Calls', 'That went to Defender for this alert.'),
  link,
  alert: shown(z.unknown(), 'Alert', 'As it came.'),
}) satisfies z.ZodType<Omit<AlertOutcome, 'machines'>>;

const types = ['defender.gateway.alert.enriched.v1', 'defender.gateway.alert.notEnriched.v1'] as const;

// biome-ignore format: it is a table
export const alertEvent = shown(z.object({
  specversion: shown(z.enum(['1.0']), 'Spec Version', 'Of CloudEvents.', 'internal'),
  id: shown(z.string(), 'Event Id', 'The same each time that it is sent.'),
  source: shown(z.string(), 'Source', 'This gateway.'),
  type: shown(z.enum(types), 'Type', 'enriched: with at least one machine.'),
  subject: shown(z.string(), 'Subject', "The alert's id."),
  time: shown(instant, 'Time', 'When it was known.'),
  datacontenttype: shown(z.enum(['application/json']), 'Content Type', 'Of the data.', 'internal'),
  sequence: shown(z.string(), 'Sequence', 'Which result of the alert it is; sorts as text.'),
  alertstate: shown(finalStates, 'Alert State', 'What became of the alert.'),
  dataref: shown(z.string().exactOptional(), 'Data Reference', 'Where the data is, if it is too long to be here.'),
  data: shown(outcome.exactOptional(), 'Data', 'The result.', 'important'),
}), 'Result', 'The event, once there is one.', 'important') satisfies z.ZodType<Omit<AlertEvent, 'data'>>;

const delivery = z.object({
  channel: shown(z.enum(channelNames), 'Channel', 'The way out.'),
  sequence: shown(z.int(), 'Sequence', 'Of the result.'),
  state: shown(z.enum(['pending', 'givenUp']), 'State', 'givenUp: it can be replayed.'),
  tries: shown(z.int(), 'Tries', 'So far.'),
  nextTry: shown(instant.optional(), 'Next Try', 'When it is tried again.'),
  reason: shown(z.string().optional(), 'Reason', 'Why the last try failed.'),
});

// biome-ignore format: it is a table
export const alert = z.object({
  alertId,
  state: shown(z.enum(alertStates), 'State', 'waiting until it is known.', 'important'),
  reason: shown(z.string().optional(), 'Reason', 'Why it waits, or has no machine.'),
  nextTry: shown(instant.optional(), 'Next Try', 'While it waits.'),
  sources,
  receivedAt: shown(instant, 'Received At', 'When it first came in.'),
  raisedAt: shown(instant.optional(), 'Raised At', 'Where it is known.'),
  finishedAt: shown(instant.optional(), 'Finished At', 'When it ended.'),
  sequence: shown(z.int(), 'Sequence', 'Which result this is or will be.'),
  tries: shown(z.int(), 'Tries', 'How often it was tried in vain; waiting for the quota is none.'),
  calls: shown(z.int(), 'Calls', 'That went to Defender for it.'),
  machineIds: shown(z.array(z.string()), 'Machine Ids', 'Named so far, by events or by Defender.'),
  deliveries: shown(z.array(delivery), 'Deliveries', 'Results that are still on their way out, or could not be delivered.', 'advanced'),
  result: alertEvent.optional(),
});

export const listedAlert = z.object({
  alertId,
  state: shown(z.enum(['waiting', 'failed']), 'State', 'As it was asked for.'),
  nextTry: shown(instant.optional(), 'Next Try', 'While it waits.'),
  link,
});

export const replayedAlert = z.object({
  alertId,
  status: shown(z.enum(['replayed', 'hurried']), 'Status', 'hurried: it waited, and is tried at once.'),
  link,
});
