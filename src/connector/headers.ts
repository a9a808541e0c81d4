/** Headers of answers. README says more of each. */
import type { Header } from './swagger.ts';

const text = (description: string): Header => ({ type: 'string', description });
const whole = (description: string): Header => ({ type: 'integer', description });

// biome-ignore format: it is a table
export const headers = {
  'x-request-id': text('The id of the request: yours, or one that was made for it.'),
  'Cache-Control': text('For how long the answer is fresh, Age included.'),
  'Cache-Status': text('Whether it was kept, or why Defender was asked (RFC 9211).'),
  Age: whole('Seconds since Defender was asked; of snapshots, since the run began.'),
  ETag: text('Send it as If-None-Match, to get 304 if nothing is new.'),
  Vary: text('What of the request the answer depends on.'),
  'RateLimit-Policy': text('The limits of the quota.'),
  RateLimit: text('What is left of each.'),
  Priority: text('The urgency that was applied.'),
  'Preference-Applied': text('What of Prefer was applied.'),
  'Retry-After': whole('Seconds, after which to ask again.'),
  'Content-Location': text('What Defender was asked for.'),
  'Last-Modified': text("Defender's."),
  'request-id': text("Defender's own id of the call."),
  'x-ms-request-id': text("Defender's own id of the call."),
  'OData-Version': text('Of the format.'),
  'x-gateway-warning': text('Something to know about the answer.'),
  'x-gateway-source': text('Of security states: preview, or composed.'),
  'x-gateway-operation': text('Of what was parked: waiting, done or failed.'),
  'x-gateway-snapshot': text('The run that the answer is of.'),
  Link: text('The next page, as a link.'),
  Location: text('Where to ask for what comes of it.'),
  'Content-Disposition': text('The name of the file, of CSV.'),
  Allow: text('Methods that are answered.'),
  'WebHook-Allowed-Origin': text('Who may send.'),
  'WebHook-Allowed-Rate': text('How often.'),
  'X-Content-Type-Options': text('nosniff'),
  'WWW-Authenticate': text('What is wrong with the token.'),
} as const satisfies Readonly<Record<string, Header>>;

export type HeaderName = keyof typeof headers;

/** @returns those of these names */
export const headersNamed = (names: readonly HeaderName[]): Readonly<Record<string, Header>> =>
  Object.fromEntries(names.map((name) => [name, headers[name]]));

/** Of everything that may be compressed. */
const always = ['x-request-id', 'Cache-Control', 'Vary'] as const;

const ofCaller = [...always, 'Preference-Applied'] as const;

const ofQuota = ['Priority', 'RateLimit-Policy', 'RateLimit'] as const;

/** Of an answer that comes from Defender, or was kept. */
export const answered = [...ofCaller, ...ofQuota, 'Cache-Status', 'Age', 'ETag', 'x-gateway-warning'] as const;

/** Of Defender's own answer. */
export const relayed = [
  ...answered,
  'Content-Location',
  'OData-Version',
  'Last-Modified',
  'request-id',
  'x-ms-request-id',
] as const;

/** Of many answers at once. */
export const batched = [...ofCaller, ...ofQuota, 'Retry-After'] as const;

/** Of what is read from storage. */
export const stored = [...ofCaller, 'ETag', 'OData-Version', 'Link', 'Content-Disposition'] as const;

/** Of what is told about one run. */
export const ofRun = [...stored, 'x-gateway-snapshot', 'Age', 'x-gateway-warning'] as const;

/** Of alerts. */
export const ofAlerts = [...ofCaller, 'ETag', 'OData-Version', 'Retry-After', 'Link'] as const;

/** Of what is parked. */
export const parked = [...ofCaller, 'Location', 'Retry-After', 'x-gateway-operation', 'x-gateway-warning'] as const;

/** Of what was taken in. */
export const accepted = [...always, 'Location'] as const;
