/** What the resolver is asked and answers (`src/machines/resolver/resolution.ts`). */
import * as z from 'zod';
import { errorAnswer } from './error.ts';
import { machine, machineOrNone } from './machine.ts';
import { shown } from './shown.ts';

// biome-ignore format: it is a table
const keys = {
  hostName: shown(z.string().optional(), 'Host Name', 'With its domain or without, such as srv02.contoso.com.', 'important'),
  ipAddress: shown(z.string().optional(), 'IP Address', 'The last that the machine had.'),
  aadDeviceId: shown(z.string().optional(), 'Entra Device Id', 'Its id in Entra.'),
  machineId: shown(z.string().optional(), 'Machine Id', '40 hexadecimal digits.'),
  alertId: shown(z.string().optional(), 'Alert Id', 'Of an alert that was raised on the machine.'),
};

const behind = z.enum([
  'mergedIntoAnother',
  'excluded',
  'notOnboarded',
  'inactive',
  'potentialDuplicate',
  'seenEarlier',
  'nameWithoutDomain',
]);

export const candidate = z.object({
  machine,
  behind: shown(behind.nullable(), 'Behind', 'What sets this record behind another; null: nothing does.'),
  reason: shown(z.string(), 'Reason', 'A sentence, with the values that say so.'),
});

// biome-ignore format: it is a table
const fields = {
  match: shown(z.enum(['exact', 'ambiguous', 'none']), 'Match', 'exact: one machine, and it is sure. ambiguous: it can not be told which machine is meant. none: no record.', 'important'),
  message: shown(z.string(), 'Message', 'What was found, and where it is not exact, what would settle it.'),
  machine: machineOrNone,
  candidates: shown(z.array(candidate), 'Candidates', 'The other records.'),
  candidatesLeftOut: shown(z.int(), 'Candidates Left Out', 'How many more candidates there are.'),
  askedFor: shown(z.object(keys), 'Asked For', 'What was asked for, as it was understood.'),
  source: shown(z.enum(['defender', 'cache']), 'Source', 'defender: it was asked. cache: the answer was kept.'),
  ageSeconds: shown(z.number(), 'Age in Seconds', 'Of what Defender said.'),
};

export const resolution = z.object(fields);

const request = z.object({
  id: shown(z.string(), 'Request Id', 'Your name for this question; its answer has the same.'),
  ...keys,
});

export const resolveBatch = z.object({
  requests: shown(z.array(request), 'Requests', '1 to 1,000 questions, each by one of the five.', 'important'),
});

const answer = z.object({
  id: shown(z.string(), 'Request Id', 'That of the question.'),
  status: shown(z.int(), 'Status', '200, or that of an error.'),
  headers: shown(z.record(z.string(), z.string()), 'Headers', 'That the answer would have had alone.'),
  body: shown(
    resolution.partial().extend(errorAnswer.partial().shape),
    'Answer',
    'Which machine is meant; or, where the status is no 200, the error.',
  ),
});

export const resolveBatchAnswer = z.object({
  responses: shown(z.array(answer), 'Answers', 'In the order of the requests.'),
});
