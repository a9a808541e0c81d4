/**
 * Headers of answers, as far as a playbook can use them: the designer offers each as something to go on with. Those that only caches and people
 * who look for a fault read are hidden there. README says more of each.
 */
import type { Header } from './swagger.ts';

const text = (description: string): Header => ({ type: 'string', description });
const whole = (description: string): Header => ({ type: 'integer', description });
const hidden = (header: Header): Header => ({ ...header, 'x-ms-visibility': 'internal' });

export const headers = {
  Age: whole('Seconds since Defender was asked; of snapshots, since the run began.'),
  'Retry-After': whole('Seconds, after which to ask again.'),
  Location: text('Where to ask for what comes of it.'),
  'x-gateway-warning': text('Something to know about the answer.'),
  'x-gateway-source': text('preview, or composed.'),
  'x-gateway-snapshot': text('The run that the answer is of.'),
  'x-gateway-operation': text('Of what was parked: waiting, done or failed.'),
  'x-request-id': hidden(text('Yours, or one that was made for it.')),
  'Cache-Status': hidden(text('Whether it was kept (RFC 9211).')),
  RateLimit: hidden(text('What is left of the quota.')),
  ETag: hidden(text('For If-None-Match.')),
  'WWW-Authenticate': hidden(text('What is wrong with the token.')),
  Allow: hidden(text('Methods that are answered.')),
  'WebHook-Allowed-Origin': hidden(text('Who may send.')),
  'WebHook-Allowed-Rate': hidden(text('How often.')),
} as const satisfies Readonly<Record<string, Header>>;

export type HeaderName = keyof typeof headers;

/** @returns those of these names */
export const headersNamed = (names: readonly HeaderName[]): Readonly<Record<string, Header>> =>
  Object.fromEntries(names.map((name) => [name, headers[name]]));

/** Of everything. */
export const always = ['x-request-id'] as const;

/** Of an answer that comes from Defender, or was kept. */
export const answered = ['Age', 'x-gateway-warning', ...always, 'Cache-Status', 'RateLimit', 'ETag'] as const;

/** Of many answers at once. */
export const batched = ['Retry-After', ...always, 'RateLimit'] as const;

/** Of what is read from storage. */
export const stored = [...always, 'ETag'] as const;

/** Of what is told about one run. */
export const ofRun = ['Age', 'x-gateway-snapshot', 'x-gateway-warning', ...stored] as const;

/** Of an alert. */
export const ofAlert = ['Retry-After', ...stored] as const;

/** Of what is parked. */
export const parked = ['Location', 'Retry-After', 'x-gateway-operation', 'x-gateway-warning', ...always] as const;

/** Of what was taken in. */
export const accepted = ['Location', ...always] as const;
