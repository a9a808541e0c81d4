/**
 * A ledger's form in the store: flat properties of one entity.
 *
 * 1,500 calls take about 4 KB: each is the distance to the one before, with its payer, in as many bytes as it needs.
 */
import * as z from 'zod/mini';
import { type Entry, type LedgerRow, LedgerUnreadable } from './ledgerRow.ts';
import { parseLimits, printLimits } from './limits.ts';
import { payers, priorityClasses, rankOf } from './priorityClass.ts';

export interface StoredRow {
  readonly format: number;
  readonly seq: number;
  readonly epoch: string;
  readonly writers: string;
  readonly limits: string;
  readonly timing: string;
  readonly policy: string;
  readonly log: Uint8Array;
  readonly held: string;
  readonly told: string;
  readonly turns: string;
  /** Block, learning and what foreign calls left behind. */
  readonly control: string;
}

const format = 2;

export const encodeRow = (row: LedgerRow): StoredRow => ({
  format,
  seq: row.seq,
  epoch: row.epoch,
  writers: JSON.stringify(row.writers),
  limits: printLimits(row.limits),
  timing: JSON.stringify(row.timing),
  policy: JSON.stringify(row.policy),
  log: encodeLog(row.log),
  held: JSON.stringify(row.held),
  told: JSON.stringify(row.told),
  turns: JSON.stringify(row.turns),
  control: JSON.stringify({
    block: row.block,
    learningSince: row.learningSince,
    foreignGone: row.foreignGone,
    burst: row.burst,
    notBefore: row.notBefore,
  }),
});

/**
 * @param place where it stands, for whoever has to delete it
 * @throws LedgerUnreadable naming what is wrong and what an operator does about it
 */
export const decodeRow = (stored: Readonly<Record<string, unknown>>, place = 'its row'): LedgerRow => {
  if (typeof stored.format === 'number' && stored.format > format) {
    throw new LedgerUnreadable(
      `the quota ledger has format ${stored.format}, written by a newer gateway; this one reads format ${format}. ` +
        `Deploy the newer gateway again, or delete ${place}: the next call then starts a new ledger, slowly`,
    );
  }
  try {
    return readRow(stored);
  } catch (cause) {
    throw new LedgerUnreadable(
      `the quota ledger is corrupt (${reasonOf(cause)}). Delete ${place}: the next call then starts a new one, slowly`,
      { cause },
    );
  }
};

const readRow = (stored: Readonly<Record<string, unknown>>): LedgerRow => {
  const { seq, epoch } = flat.parse(stored);
  const row = {
    seq,
    epoch,
    writers: z.array(z.string()).parse(json(stored.writers)),
    limits: parseLimits(String(stored.limits)),
    timing: timing.parse(json(stored.timing)),
    policy: policy.parse(json(stored.policy)),
    log: decodeLog(stored.log),
    held: z.array(held).parse(json(stored.held)),
    told: z.array(promised).parse(json(stored.told)),
    turns: z.array(turn).parse(json(stored.turns)),
    ...control.parse(json(stored.control)),
  };
  ascending(row.log, 'log');
  ascending(row.held, 'held');
  return row;
};

const instant = z.int().check(z.nonnegative());
const flat = z.object({ seq: instant, epoch: z.string() });
const timing = z.object({ sendSlackMs: instant, spreadMs: instant, clockStepMs: instant });
const part = z.number().check(z.gte(0), z.lte(1));
const classPolicy = z.object({
  headroom: z.object({ least: part, most: part }),
  shortHeadroom: part,
  rate: z.number().check(z.gt(0), z.lte(2)),
  burst: part,
  minimum: part.check(z.gt(0)),
  quantum: part,
  lead: z.number().check(z.nonnegative()),
});
const policy = z.object({ enrichment: classPolicy, background: classPolicy });
const entry = z.object({ at: instant, by: z.enum(payers) });
const promised = z.extend(entry, { guaranteed: z.boolean() });
const held = z.extend(entry, { owner: z.string(), number: instant, guaranteed: z.optional(z.boolean()) });
const turn = z.object({ owner: z.string(), by: z.enum(priorityClasses) });
const control = z.object({
  block: z.optional(z.object({ until: instant, seconds: z.number().check(z.positive()), probe: z.optional(held) })),
  learningSince: z.optional(instant),
  foreignGone: instant,
  notBefore: instant,
  burst: z.object({ calls: instant, seenAt: instant }),
});

const json = (text: unknown): unknown => JSON.parse(String(text));

const reasonOf = (cause: unknown): string => {
  const { issues } = cause as Partial<z.core.$ZodError>;
  if (issues) return issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  return cause instanceof Error ? cause.message : String(cause);
};

const ascending = (entries: readonly Entry[], name: string): void => {
  if (entries.some(({ at }, i) => at < (entries[i - 1]?.at ?? 0))) throw new Error(`${name} is out of order`);
};

/** As many payers fit into two bits. */
const payerCount = payers.length;

const encodeLog = (log: readonly Entry[]): Uint8Array => {
  const bytes: number[] = [];
  let before = 0;
  for (const { at, by } of log) {
    let left = (at - before) * payerCount + rankOf(by);
    for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80);
    bytes.push(left);
    before = at;
  }
  return Uint8Array.from(bytes);
};

const decodeLog = (stored: unknown): Entry[] => {
  if (!(stored instanceof Uint8Array)) throw new Error('log is not binary');
  const log: Entry[] = [];
  let at = 0;
  let read = 0;
  let weight = 1;
  for (const byte of stored) {
    read += (byte & 0x7f) * weight;
    weight *= 0x80;
    if (byte & 0x80) continue;
    at += Math.floor(read / payerCount);
    if (!Number.isSafeInteger(at)) throw new Error('log holds an instant that is none');
    log.push({ at, by: payers[read % payerCount] ?? 'foreign' });
    read = 0;
    weight = 1;
  }
  if (weight !== 1) throw new Error('log ends in the middle of a number');
  return log;
};
