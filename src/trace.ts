/**
 * The trace that a piece of work belongs to, as W3C Trace Context writes it: `00-<trace id>-<parent id>-<flags>`. The id of the trace stays the
 * same from caller to Defender; the parent's is new for each call that is sent on. Pure, but for the ids that it makes.
 */
export interface Trace {
  /** Of the request, or of the run of a function that nobody asked for. */
  readonly requestId: string;
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Two hexadecimal digits. */
  readonly flags: string;
}

/** The trace of what runs now; undefined outside of any. */
export type CurrentTrace = () => Trace | undefined;

/**
 * The trace of a request.
 *
 * @param offered values of `traceparent`, of which the first one that is valid counts; without, the trace is new
 */
export const traceOf = (requestId: string, ...offered: readonly (string | null | undefined)[]): Trace => {
  const [place] = offered.flatMap((text) => readTraceparent(text) ?? []);
  return { requestId, ...(place ?? { traceId: hexadecimal(32), flags: sampled }) };
};

/** A `traceparent` to be sent on: of the same trace, under a parent id of its own each time. */
export const traceparentOf = ({ traceId, flags }: Pick<Trace, 'traceId' | 'flags'>): string =>
  `00-${traceId}-${hexadecimal(16)}-${flags}`;

/** What a `traceparent` says; undefined where it is none ("Trace Context", 3.2: no version ff, no id of zeros, nothing behind version 00). */
export const readTraceparent = (text: string | null | undefined): Pick<Trace, 'traceId' | 'flags'> | undefined => {
  const [, version, traceId, flags = '', rest] = form.exec(text ?? '') ?? [];
  if (traceId === undefined || (version === '00' && rest !== undefined)) return undefined;
  return { traceId, flags: (Number.parseInt(flags, 16) & knownFlags).toString(16).padStart(2, '0') };
};

const form = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-[\x20-\x7e]*)?$/;

/** Sampled, and of a random id; all others are reserved, and not sent on. */
const knownFlags = 0b11;
/** Its work is recorded: the log has it. */
const sampled = '01';

/** The version digit of a UUID is among the first 16, so that no id is all zeros. */
const hexadecimal = (digits: 16 | 32): string => crypto.randomUUID().replaceAll('-', '').slice(0, digits);
