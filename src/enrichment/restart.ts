import type { AlertRecord } from './record.ts';

/** An alert that has ended, as it begins anew: its next result has the next number. @param now milliseconds since 1970 */
export const restarted = (record: AlertRecord, now: number): AlertRecord => ({
  ...record,
  state: 'waiting',
  sequence: record.sequence + 1,
  ticket: record.ticket + 1,
  due: now,
  tries: 0,
  strays: 0,
  looks: undefined,
  calls: 0,
  reason: undefined,
  finishedAt: undefined,
});
