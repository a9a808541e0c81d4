/** The end of an alert: its result is made, and written together with what is to be delivered of it; only then is it delivered. */
import type { Clock } from '../clock.ts';
import type { AlertStore, Versioned } from './alertStore.ts';
import type { ChannelName, Delivery } from './delivery.ts';
import type { Ended } from './enriching/outcome.ts';
import { alertEvent, alertEventText } from './out/alertEvent.ts';
import type { Delivering } from './out/delivering.ts';
import type { AlertRecord } from './record.ts';

/** @throws Overtaken where somebody else wrote the record meanwhile */
export type Ending = (alert: Versioned<AlertRecord>, ended: Ended) => Promise<void>;

export interface EndingOptions {
  readonly store: AlertStore;
  readonly delivering: Pick<Delivering, 'sendAll'>;
  readonly channels: readonly ChannelName[];
  /** Of the events: a URI reference. */
  readonly source: string;
  /** Where a result is found again. */
  readonly linkOf: (alertId: string) => string;
  readonly clock: Pick<Clock, 'wall'>;
}

export const createEnding =
  ({ store, delivering, channels, source, linkOf, clock }: EndingOptions): Ending =>
  async ({ value, version }, { state, reason, machines, unknownMachineIds, calls }) => {
    const now = clock.wall();
    const finishedAt = new Date(now).toISOString();
    const machineIds =
      machines.length > 0 && value.machineIds.length === 0
        ? machines.map(({ machine }) => machine.id)
        : value.machineIds;
    const record: AlertRecord = { ...value, state, reason, machineIds, calls: value.calls + calls, finishedAt };
    const event = alertEvent({
      record,
      state,
      reason,
      machines,
      unknownMachineIds,
      calls: record.calls,
      finishedAt,
      original: await store.original(value.key),
      source,
      link: linkOf(value.alertId),
    });
    const deliveries = channels.map((channel) => newDelivery(record, channel, now));
    await store.save(record, version, { result: alertEventText(event), deliveries });
    await delivering.sendAll(deliveries);
  };

const newDelivery = ({ key, sequence }: AlertRecord, channel: ChannelName, now: number): Delivery => ({
  key,
  sequence,
  channel,
  ticket: 1,
  due: now,
  tries: 0,
  triedSince: 0,
  isGivenUp: false,
});
