/** What came out of the queue of results: which events, how often each, and whether an id ever came with other words. */
import { createHash } from 'node:crypto';
import { plainSpelling } from '../making/spelling.ts';

export interface SeenEvent {
  readonly id: string;
  readonly state: string;
  readonly machineIds: readonly string[];
  /** It was too big for the queue, and tells only where the rest is. */
  readonly isClaim: boolean;
  readonly times: number;
}

export interface SeenEvents {
  /** @param text of one message, as it was read from the queue */
  note(text: string, now: number): void;
  /** Different events of an alert, in the order in which they came. @param alertId in any spelling */
  ofAlert(alertId: string): readonly SeenEvent[];
  /** Alerts of which there was one. */
  alerts(): number;
  /** Events that came again. */
  duplicates(): number;
  /** Messages that are no event, or whose id had come with other words before; the first few, in words. */
  faults(): readonly string[];
  /** When an event came that had not come before; undefined before the first. */
  lastNewAt(): number | undefined;
}

interface Kept extends SeenEvent {
  readonly digest: string;
}

const mostFaults = 20;

export const createSeenEvents = (): SeenEvents => {
  const byAlert = new Map<string, Map<string, Kept>>();
  const faults: string[] = [];
  let duplicates = 0;
  let lastNew: number | undefined;
  const fault = (words: string) => {
    if (faults.length < mostFaults) faults.push(words);
  };
  return {
    note(text, now) {
      const event = eventIn(text);
      if (!event) return fault(`a message is no event of an alert: ${text.slice(0, 100)}`);
      const { alertId, ...rest } = event;
      const key = plainSpelling(alertId);
      const known = byAlert.get(key) ?? new Map<string, Kept>();
      byAlert.set(key, known);
      const before = known.get(rest.id);
      if (!before) {
        lastNew = now;
        return void known.set(rest.id, { ...rest, times: 1 });
      }
      duplicates += 1;
      known.set(rest.id, { ...before, times: before.times + 1 });
      if (before.digest !== rest.digest) fault(`the event ${rest.id} came with other words than before`);
    },
    ofAlert: (alertId) => [...(byAlert.get(plainSpelling(alertId))?.values() ?? [])],
    alerts: () => byAlert.size,
    duplicates: () => duplicates,
    faults: () => faults,
    lastNewAt: () => lastNew,
  };
};

interface Told {
  readonly id?: unknown;
  readonly subject?: unknown;
  readonly alertstate?: unknown;
  readonly data?: { readonly machines?: readonly { readonly machine: { readonly id: string } }[] };
}

/** Queues hold JSON in base64, as functions and Logic Apps write it. */
const eventIn = (text: string): (Omit<Kept, 'times'> & { readonly alertId: string }) | undefined => {
  try {
    const json = Buffer.from(text, 'base64').toString();
    const { id, subject, alertstate, data } = JSON.parse(json) as Told;
    if (typeof id !== 'string' || typeof subject !== 'string') return undefined;
    const machineIds = data?.machines?.map(({ machine }) => machine.id) ?? [];
    const digest = createHash('sha256').update(json).digest('base64');
    return { id, alertId: subject, state: String(alertstate), machineIds, isClaim: data === undefined, digest };
  } catch {
    return undefined;
  }
};
