/** Which of the shared answers operations of a kind may give. */
import type { SharedName } from './sharedResponses.ts';

type Names = readonly SharedName[];

const callers: Names = ['BadRequest', 'Unauthorized', 'Forbidden', 'Failed', 'Unavailable'];

/** Of what can be parked, and has a tag. */
const reads: Names = ['Parked', 'Unchanged'];

/** Of a question that Defender is asked. */
export const asking: Names = [...reads, ...callers, 'NotFound', 'TooManyRequests', 'BadGateway', 'GatewayTimeout'];

/** Of what is read from storage. */
export const reading: Names = [...reads, ...callers, 'NotFound', 'NotAcceptable', 'Conflict', 'Gone', 'GatewayTimeout'];

/** Of what is sent in. */
export const sending: Names = [...callers, 'TooLarge', 'UnsupportedMediaType'];

/** Of what tells of the gateway. */
export const telling: Names = ['Unauthorized', 'Forbidden', 'Failed', 'Unavailable'];

/** Of an alert that something is done with. */
export const changing: Names = [...callers, 'NotFound'];

/** Of alerts that are looked at. */
export const looking: Names = [...reads, ...changing];

/** Of whatever was parked. */
export const ofAny: Names = [...new Set([...asking, ...reading])];
