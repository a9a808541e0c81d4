/**
 * What one quota's ledger holds, and its form in the store.
 *
 * 1,500 slots take 3 to 4 KB: each is the distance to the one before, in as many bytes as it needs.
 */
import type { Timing } from './guard.ts';
import { type Limit, parseLimits, printLimits } from './limits.ts';

export interface LedgerRow {
  /** Grows by one with every write. */
  readonly seq: number;
  /** The quota itself: instances plan with this, not with their own settings. */
  readonly limits: readonly Limit[];
  readonly timing: Timing;
  /** Slots that can no longer be given back, ascending; milliseconds of the store's clock. */
  readonly log: readonly number[];
  /** Slots not yet sent, ascending by `at`. */
  readonly held: readonly HeldSlot[];
  /** Instants told to callers who were refused, so that the next refusal names a later one. They book nothing. */
  readonly told: readonly number[];
}

/** The right to send one call at an instant. */
export interface HeldSlot {
  readonly at: number;
  /** The process that may send it. */
  readonly owner: string;
  /** Its number among the owner's slots; used once. */
  readonly number: number;
}

/** The row as the store keeps it: flat properties. */
export interface StoredRow {
  readonly format: number;
  readonly seq: number;
  readonly limits: string;
  readonly timing: string;
  readonly log: Uint8Array;
  readonly held: string;
  readonly told: string;
}

/** The ledger is corrupt, or written by a newer version of the gateway. Nothing is sent until someone acts. */
export class LedgerUnreadable extends Error {
  override readonly name = 'LedgerUnreadable';
}

const format = 1;

export const encodeRow = (row: LedgerRow): StoredRow => ({
  format,
  seq: row.seq,
  limits: printLimits(row.limits),
  timing: JSON.stringify(row.timing),
  log: encodeInstants(row.log),
  held: JSON.stringify(row.held.map(({ at, owner, number }) => [at, owner, number])),
  told: JSON.stringify(row.told),
});

/** @throws LedgerUnreadable naming what is wrong */
export const decodeRow = (stored: Readonly<Record<string, unknown>>): LedgerRow => {
  if (typeof stored.format === 'number' && stored.format > format) {
    throw new LedgerUnreadable(
      `the quota ledger has format ${stored.format}, written by a newer gateway; this one reads format ${format}`,
    );
  }
  try {
    return readRow(stored);
  } catch (cause) {
    throw new LedgerUnreadable(`the quota ledger is corrupt: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
};

const readRow = (stored: Readonly<Record<string, unknown>>): LedgerRow => {
  const row = {
    seq: instant(stored.seq, 'seq'),
    limits: parseLimits(String(stored.limits)),
    timing: readTiming(stored.timing),
    log: decodeInstants(stored.log),
    held: list(stored.held, 'held').map(readHeld),
    told: list(stored.told, 'told').map((at) => instant(at, 'told')),
  };
  ascending(row.log, 'log');
  ascending(
    row.held.map(({ at }) => at),
    'held',
  );
  return row;
};

const readTiming = (text: unknown): Timing => {
  const timing: Partial<Record<keyof Timing, unknown>> = JSON.parse(String(text));
  return {
    sendSlackMs: instant(timing.sendSlackMs, 'timing.sendSlackMs'),
    spreadMs: instant(timing.spreadMs, 'timing.spreadMs'),
    clockStepMs: instant(timing.clockStepMs, 'timing.clockStepMs'),
  };
};

const readHeld = (item: unknown): HeldSlot => {
  const [at, owner, number] = Array.isArray(item) ? item : [];
  if (typeof owner !== 'string') throw new Error('a held slot has no owner');
  return { at: instant(at, 'held'), owner, number: instant(number, 'held') };
};

const list = (text: unknown, name: string): unknown[] => {
  const value: unknown = JSON.parse(String(text));
  if (Array.isArray(value)) return value;
  throw new Error(`${name} is not a list`);
};

const instant = (value: unknown, name: string): number => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`${name} holds ${JSON.stringify(value)} where a whole number belongs`);
};

const ascending = (instants: readonly number[], name: string): void => {
  if (instants.some((at, i) => at < (instants[i - 1] ?? 0))) throw new Error(`${name} is out of order`);
};

const encodeInstants = (instants: readonly number[]): Uint8Array => {
  const bytes: number[] = [];
  instants.forEach((at, i) => {
    let distance = at - (instants[i - 1] ?? 0);
    for (; distance >= 0x80; distance = Math.floor(distance / 0x80)) bytes.push((distance % 0x80) | 0x80);
    bytes.push(distance);
  });
  return Uint8Array.from(bytes);
};

const decodeInstants = (stored: unknown): number[] => {
  if (!(stored instanceof Uint8Array)) throw new Error('log is not binary');
  const instants: number[] = [];
  let distance = 0;
  let weight = 1;
  for (const byte of stored) {
    distance += (byte & 0x7f) * weight;
    weight *= 0x80;
    if (byte & 0x80) continue;
    instants.push(instant((instants.at(-1) ?? 0) + distance, 'log'));
    distance = 0;
    weight = 1;
  }
  if (weight !== 1) throw new Error('log ends in the middle of a number');
  return instants;
};
