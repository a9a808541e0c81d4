/**
 * Which alerts are looked at in the end. Of few, all. Of many, each fifth, and every one that was not told of once, as it has to be, or waits
 * still: a look makes Azurite go through all rows there are, and ten thousand would take five minutes. Of the others what was told counts.
 */
import type { PlannedAlert } from '../making/plannedAlert.ts';
import { plainSpelling } from '../making/spelling.ts';
import type { SeenEvent } from '../results/seenEvents.ts';
import type { Look } from './looks.ts';

export interface Choosing {
  readonly alerts: readonly Pick<PlannedAlert, 'id' | 'expected'>[];
  readonly eventsOf: (alert: Pick<PlannedAlert, 'id'>) => readonly SeenEvent[];
  /** Ids of alerts that the gateway lists as waiting. */
  readonly waiting: readonly string[];
}

const many = 2_000;
const each = 5;

export const chosenPlaces = ({ alerts, eventsOf, waiting }: Choosing): readonly number[] => {
  const waits = new Set(waiting.map(plainSpelling));
  const isAsWanted = (alert: Choosing['alerts'][number]): boolean => {
    const [event, ...more] = eventsOf(alert);
    return event?.state === alert.expected.state && !event.isClaim && more.length === 0;
  };
  return alerts.flatMap((alert, place) =>
    alerts.length <= many || place % each === 0 || waits.has(plainSpelling(alert.id)) || !isAsWanted(alert)
      ? [place]
      : [],
  );
};

/** What an alert that is not looked at is taken for. */
export const lookByEvent = ({ id, state, machineIds }: SeenEvent): Look => ({
  state,
  eventId: id,
  machineIds,
  undelivered: 0,
});
