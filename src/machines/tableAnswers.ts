/**
 * Shared answers in Table storage: one partition for each tenant and application, one entity for each slot.
 *
 * The service tells its time in the `Date` header of each answer, in whole seconds, and stamps what is written. The client given need not
 * retry: who asks takes a fault for "nothing there".
 */
import type { TableClient } from '@azure/data-tables';
import type { Clock } from '../clock.ts';
import { instantOf, statusOf } from '../storage/tableService.ts';
import type { AnswerRows, RowRead } from './answerRows.ts';
import { answersInRows } from './answersInRows.ts';
import type { SharedAnswers } from './sharedAnswers.ts';
import { inTime } from './tableAnswersService.ts';
import { writeRows } from './tableAnswersWrites.ts';

export interface TableAnswersOptions {
  /** Tenant and application: whoever sees with the same eyes. */
  readonly partition: string;
  /** This process. */
  readonly owner: string;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** Whoever asks waits for these: an answer from Defender takes about as long. */
const lookWithinMs = 1500;
/** For megabytes of answers, which nobody waits for. */
const saveWithinMs = 5000;

/** @param table gives the client; asked for at the first use, so that the SDK is loaded only then */
export const tableAnswers = (
  table: () => Promise<TableClient>,
  { partition, owner, clock }: TableAnswersOptions,
): SharedAnswers => answersInRows({ rows: tableRows(table, partition, clock), owner, clock });

const tableRows = (
  table: () => Promise<TableClient>,
  partition: string,
  clock: Pick<Clock, 'monotonic'>,
): AnswerRows => ({
  async read(slot) {
    const client = await table();
    return inTime(lookWithinMs, (abortSignal) => readRow(client, partition, slot, clock, abortSignal));
  },
  async write(writes) {
    if (writes.length === 0) return new Map();
    const client = await table();
    const withinMs = writes.some(({ properties }) => properties.answer) ? saveWithinMs : lookWithinMs;
    return inTime(withinMs, (abortSignal) => writeRows(client, partition, writes, abortSignal));
  },
});

const readRow = async (
  client: TableClient,
  partition: string,
  slot: string,
  clock: Pick<Clock, 'monotonic'>,
  abortSignal: AbortSignal,
): Promise<RowRead> => {
  const sentAt = clock.monotonic();
  let date: string | undefined;
  const onResponse = ({ headers }: { headers: { get(name: string): string | undefined } }) => {
    date = headers.get('date');
  };
  const found = await client.getEntity(partition, slot, { abortSignal, onResponse }).catch((fault: unknown) => {
    if (statusOf(fault) === 404) return undefined;
    throw fault;
  });
  const earliest = instantOf(date);
  const now = { earliest, latest: earliest + 1000 + Math.ceil(clock.monotonic() - sentAt) };
  return { row: found && { stored: found, etag: found.etag, stampedAt: instantOf(found.timestamp) }, now };
};
