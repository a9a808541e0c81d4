/** The end of an alert: its result is made, and written together with what is to be delivered of it; only then is it delivered. */
import type { Clock } from '../clock.ts';
import { told } from '../toldFault.ts';
import type { AlertStore, Versioned } from './alertStore.ts';
import type { ChannelName, Delivery } from './delivery.ts';
import type { Ended } from './enriching/outcome.ts';
import { shortReason } from './enriching/reason.ts';
import { alertEvent, alertEventText } from './out/alertEvent.ts';
import type { Delivering } from './out/delivering.ts';
import type { AlertRecord } from './record.ts';

/**
 * @param original `ifThere` at the last of its tries: its result is made without what it came as, too, and says so
 * @throws Overtaken where somebody else wrote the record meanwhile
 */
export type Ending = (alert: Versioned<AlertRecord>, ended: Ended, original?: 'needed' | 'ifThere') => Promise<void>;

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
  async ({ value, version }, ended, need = 'needed') => {
    const { state, machines, unknownMachineIds } = ended;
    const now = clock.wall();
    const finishedAt = new Date(now).toISOString();
    const { original, lack } = await originalOf(store, value.key, need);
    const reason = [ended.reason, lack].filter((part) => part !== undefined).join('; ') || undefined;
    const calls = value.calls + ended.calls;
    const record: AlertRecord = { ...value, state, reason, machineIds: machineIdsOf(value, ended), calls, finishedAt };
    const event = alertEvent({
      record,
      state,
      reason,
      machines,
      unknownMachineIds,
      calls,
      finishedAt,
      original,
      source,
      link: linkOf(value.alertId),
    });
    const deliveries = channels.map((channel) => newDelivery(record, channel, now));
    await store.save(record, version, { result: alertEventText(event), deliveries });
    await delivering.sendAll(deliveries);
  };

const originalOf = async (store: Pick<AlertStore, 'original'>, key: string, need: 'needed' | 'ifThere') => {
  try {
    return { original: await store.original(key) };
  } catch (fault) {
    if (need === 'needed') throw fault;
    return { original: 'null', lack: shortReason(`what it came as can't be read: ${told(fault)}`) };
  }
};

/** What its event names; else what Defender gave for it, spelled as events' machines are. */
const machineIdsOf = ({ machineIds }: AlertRecord, { machines }: Ended): readonly string[] =>
  machineIds.length > 0 ? machineIds : machines.map(({ machine }) => machine.id.toLowerCase());

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
