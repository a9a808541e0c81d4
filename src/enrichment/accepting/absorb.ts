/** What is said of an alert that is known. */
import type { AlertStore } from '../alertStore.ts';
import { type AlertRecord, isFinal } from '../record.ts';
import { restarted } from '../restart.ts';
import { rewritten } from '../rewritten.ts';
import { type Said, withSaid } from './merged.ts';

export interface Absorbed {
  readonly kind: 'known' | 'reopened';
  /** Of the message to be sent; undefined where none is needed. */
  readonly ticket: number | undefined;
}

/** @throws where the store does */
export const absorb = async (store: AlertStore, said: Said, now: number): Promise<Absorbed> => {
  let absorbed: Absorbed = { kind: 'known', ticket: undefined };
  await rewritten(store, said.key, (record) => {
    const more = withSaid(record, said);
    const begins = isToBegin(record, more);
    const isLate = !isFinal(record) && record.due < now - lateMs;
    const next = begins ? restarted(more, now) : isLate ? { ...more, due: now } : more;
    absorbed = { kind: begins ? 'reopened' : 'known', ticket: begins || isLate ? next.ticket : undefined };
    return next;
  });
  return absorbed;
};

/** Whoever had no answer sends an alert again: it may have been recorded then, and not queued. One message too many does no harm. */
const lateMs = 3000;

/** A final result lacks a machine that is named now, or was made without asking Defender. */
const isToBegin = (record: AlertRecord, more: AlertRecord): boolean =>
  isFinal(record) &&
  (more.machineIds.length > record.machineIds.length ||
    (record.state === 'notDefender' && more.product === 'defender'));
