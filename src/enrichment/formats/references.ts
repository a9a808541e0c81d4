/** From what the formats say of alerts to what the intake takes. */
import { idFault } from '../alertId.ts';
import type { AlertReference } from '../reference.ts';
import type { Item } from './format.ts';
import { mostDepth, writtenOriginal } from './original.ts';
import type { ReadValue } from './recognised.ts';

export type Referred =
  | { readonly kind: 'reference'; readonly reference: AlertReference }
  | Exclude<Item, { kind: 'alert' }>;

/** What is kept of an alert that came alone in an event is the event; of several in one, what is said of each. */
export const references = (values: readonly ReadValue[], receivedAt: string): readonly Referred[] => {
  const inEvent = alertsByEvent(values);
  return values.flatMap(({ source, place, items, event }) => {
    // A notification of Graph's brings a secret, which its format leaves out.
    const isAlone = event !== undefined && source !== 'graphNotification' && inEvent.get(event) === 1;
    return items.map((item): Referred => {
      if (item.kind !== 'alert') return item;
      const { alert } = item;
      const original = writtenOriginal(isAlone ? event : alert.original);
      const fault = idFault(alert.alertId);
      if (fault !== undefined) return { kind: 'wrong', place, message: `The id of the alert ${fault}.` };
      if (original === undefined)
        return { kind: 'wrong', place, message: `This is nested deeper than ${mostDepth} levels.` };
      return { kind: 'reference', reference: { ...alert, source, receivedAt, original } };
    });
  });
};

const alertsByEvent = (values: readonly ReadValue[]): ReadonlyMap<unknown, number> => {
  const counts = new Map<unknown, number>();
  for (const { event, items } of values) {
    counts.set(event, (counts.get(event) ?? 0) + items.filter(({ kind }) => kind === 'alert').length);
  }
  return counts;
};
