/** Answers that many operations give: errors, which all have the same envelope; 202 to `Prefer: respond-async`; 304 to `If-None-Match`. */
import { type HeaderName, parked } from './headers.ts';
import type { Answer } from './operation.ts';

const ofErrors: readonly HeaderName[] = [
  'x-request-id',
  'x-gateway-warning',
  'x-gateway-operation',
  'Cache-Status',
  'RateLimit',
];

const ofUnchanged: readonly HeaderName[] = [
  ...ofErrors,
  'ETag',
  'Age',
  'Retry-After',
  'x-gateway-source',
  'x-gateway-snapshot',
];

const error = (status: number, description: string, ...more: readonly HeaderName[]): Answer => ({
  status,
  description,
  schema: 'Error',
  headers: [...ofErrors, ...more],
});

// biome-ignore format: it is a table
export const sharedResponses = {
  Parked: { status: 202, description: 'It is answered later, at the address in Location.', schema: 'ParkedOperation', headers: parked },
  Unchanged: { status: 304, description: 'It is what you have.', headers: ofUnchanged },
  BadRequest: error(400, 'The question is wrong. The message says what would be right. It costs no call.'),
  Unauthorized: error(401, 'No token, none that is taken, or no key. Without a body where the platform refuses it.', 'WWW-Authenticate'),
  Forbidden: error(403, 'The caller lacks the role, or may not see all machines; or Defender refuses the gateway.'),
  NotFound: error(404, 'There is no such thing.', 'Age'),
  NotAcceptable: error(406, 'It is not given in that format.'),
  Conflict: error(409, 'That run is under way.'),
  Gone: error(410, 'That is no longer kept.'),
  TooLarge: error(413, 'There is too much of it.'),
  UnsupportedMediaType: error(415, 'It is no JSON, or it is compressed.'),
  TooManyRequests: error(429, 'The quota is spent for longer than you could wait. Come back after Retry-After.', 'Retry-After'),
  Failed: error(500, 'The gateway failed; its log tells why.'),
  BadGateway: error(502, 'Defender can not be reached.'),
  Unavailable: error(503, 'Not now: storage, the identity or Defender is out of reach. The message says which.', 'Retry-After'),
  GatewayTimeout: error(504, 'It could not be had in your time, or nothing is kept.'),
} as const satisfies Readonly<Record<string, Answer>>;

export type SharedName = keyof typeof sharedResponses;

export const statusOf = (name: SharedName): number => sharedResponses[name].status;
