/** Which machine is meant, and many questions in one. */
import { answered, batched } from '../headers.ts';
import type { Operation } from '../operation.ts';
import { asked } from '../parameters.ts';
import { asking } from '../responseSets.ts';
import type { SharedName } from '../sharedResponses.ts';

const access = ['Machines.Read'] as const;
const ofBatch = ['PreferWait', 'Priority', 'CacheControl', 'RequestId', 'Traceparent'] as const;
const refusedBatch: readonly SharedName[] = [
  'BadRequest',
  'Unauthorized',
  'Forbidden',
  'TooLarge',
  'UnsupportedMediaType',
  'Failed',
  'Unavailable',
];

export const machineOperations: readonly Operation[] = [
  {
    access,
    method: 'get',
    path: '/gateway/machines/resolve',
    id: 'ResolveMachine',
    summary: 'Find which machine is meant',
    description: 'By exactly one of the five. Only where match is exact it is sure; never act on anything else.',
    visibility: 'important',
    parameters: ['HostName', 'IpAddress', 'AadDeviceId', 'MachineIdAsked', 'AlertIdAsked', ...asked],
    answers: [{ status: 200, description: 'What was found.', schema: 'Resolution', headers: answered }],
    shared: asking,
  },
  {
    access,
    method: 'post',
    path: '/gateway/machines/resolve',
    id: 'ResolveMachines',
    summary: 'Find which machines are meant, many at once',
    description: 'Up to 1,000 questions, in few calls. Each has a status of its own.',
    visibility: 'important',
    parameters: ofBatch,
    body: { schema: 'ResolveBatch', title: 'Questions', description: 'Each with an id, and one of the five.' },
    answers: [
      { status: 200, description: 'Whatever each of them is.', schema: 'ResolveBatchAnswer', headers: batched },
    ],
    shared: refusedBatch,
  },
  {
    access,
    method: 'post',
    path: '/api/$batch',
    id: 'AskBatch',
    summary: 'Ask many questions in one request',
    description: 'Up to 1,000 GETs of anything here. Each has the status that it would have got alone.',
    visibility: 'advanced',
    parameters: ofBatch,
    body: { schema: 'Batch', title: 'Batch', description: 'Requests, each with an id.' },
    answers: [
      {
        status: 200,
        description: 'Whatever each of them is.',
        schema: 'BatchAnswer',
        headers: batched,
      },
    ],
    shared: refusedBatch,
  },
];
