/**
 * Alerts that come in. What is new is recorded, then queued: between the two it is the sweep's. What is known is not begun again, unless a
 * machine is named that its result does not have.
 */
import type { Clock } from '../../clock.ts';
import { inParallel } from '../../inParallel.ts';
import type { Queue } from '../../storage/queue.ts';
import type { AlertStore } from '../alertStore.ts';
import type { Accepted, Intake } from '../intake.ts';
import type { Ticketed } from '../messages.ts';
import { sendAlerts } from '../sendAlerts.ts';
import { absorb } from './absorb.ts';
import { mergedByAlert, type Said } from './merged.ts';

export interface IntakeOptions {
  readonly store: AlertStore;
  /** `alerts-to-enrich`. */
  readonly queue: Queue;
  readonly clock: Pick<Clock, 'wall'>;
}

/** Known alerts of one request that are looked at at once. */
const mostAtOnce = 16;

export const createIntake = ({ store, queue, clock }: IntakeOptions): Intake => ({
  async accept(references) {
    const alerts = mergedByAlert(references);
    const outcomes = await store.create(
      alerts.map((said) => ({ record: newRecord(said, clock.wall()), original: said.original })),
    );
    const heard = await inParallel(alerts, mostAtOnce, async (said, at): Promise<Heard> => {
      if (outcomes[at] === 'created') return { kind: 'new', said, ticket: firstTicket };
      const absorbed = await absorb(store, said, clock.wall());
      return { ...absorbed, said };
    });
    await sendAlerts(queue, heard.flatMap(ticketed));
    return heard.map(({ kind, said }) => ({ kind, alertId: said.alertId, key: said.key }));
  },
});

interface Heard {
  readonly kind: Accepted['kind'];
  readonly said: Said;
  /** Of the message to be sent; undefined where none is needed. */
  readonly ticket: number | undefined;
}

const firstTicket = 1;

const ticketed = ({ said: { key }, ticket }: Heard): readonly Ticketed[] =>
  ticket === undefined ? [] : [{ key, ticket }];

const newRecord = ({ original: _, ...said }: Said, now: number) => ({
  ...said,
  state: 'waiting' as const,
  sequence: 1,
  ticket: firstTicket,
  due: now,
  tries: 0,
  strays: 0,
  calls: 0,
});
