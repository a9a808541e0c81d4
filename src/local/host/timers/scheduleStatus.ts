/** What the host remembers of a timer from one run to the next, and how it tells from it that a run was missed. */
import { instantText, lastInstant, unsetInstant } from '../triggers/instantText.ts';
import type { Schedule } from './schedule.ts';

/** Milliseconds since 1970. */
export interface ScheduleStatus {
  /** When it last ran; `unsetInstant` before the first run. */
  readonly last: number;
  readonly next: number;
  /** From when `next` was reckoned. */
  readonly lastUpdated: number;
}

export interface StartingStatus {
  readonly status: ScheduleStatus;
  /** The stored status is missing or of another schedule: `status` is to be stored. */
  readonly isNew: boolean;
  /** An instant of the schedule went by while no host was up. */
  readonly isPastDue: boolean;
}

/** The status after a run that began at `at`. */
export const statusAfter = (schedule: Schedule, at: number): ScheduleStatus => ({
  last: at,
  next: schedule.next(at) ?? lastInstant,
  lastUpdated: at,
});

/**
 * Where a timer stands when its listener starts (azure-webjobs-sdk-extensions, ScheduleMonitor.CheckPastDueAsync). A
 * schedule that was changed since is not past due: it starts from now.
 */
export const startingStatus = (schedule: Schedule, stored: ScheduleStatus | undefined, now: number): StartingStatus => {
  const fresh = { last: unsetInstant, next: schedule.next(now) ?? lastInstant, lastUpdated: now };
  if (!stored) return { status: fresh, isNew: true, isPastDue: false };
  const from = [stored.last, stored.lastUpdated].find(isSet) ?? now;
  const expected = schedule.next(from) ?? lastInstant;
  if (stored.next === expected) return { status: stored, isNew: false, isPastDue: now > expected };
  const changed = now > expected ? fresh : { last: unsetInstant, next: expected, lastUpdated: from };
  return { status: changed, isNew: true, isPastDue: false };
};

/** As the status blob holds it, and as a function is given it. */
export const statusJson = ({ last, next, lastUpdated }: ScheduleStatus) => ({
  Last: instantText(last),
  Next: instantText(next),
  LastUpdated: instantText(lastUpdated),
});

/** Reads a status blob; `undefined` where it holds no status. */
export const readStatus = (text: string): ScheduleStatus | undefined => {
  try {
    const { Last, Next, LastUpdated } = JSON.parse(text);
    const [last = Number.NaN, next = Number.NaN, lastUpdated = Number.NaN] = [Last, Next, LastUpdated].map(instant);
    return [last, next, lastUpdated].some(Number.isNaN) ? undefined : { last, next, lastUpdated };
  } catch {
    return undefined;
  }
};

/** .NET writes an instant that was never set without a zone; it is UTC all the same. */
const instant = (value: unknown): number => {
  const text = String(value);
  return Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
};

const isSet = (at: number) => at > unsetInstant + 366 * 86_400_000;
