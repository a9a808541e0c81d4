/** Results on their way out: a store, channels and the queue of messages in memory, and a process between them that a test may stop anywhere. */

import type { ChannelName, Delivery } from '../../../../src/enrichment/delivery.ts';
import { readDeliverMessage } from '../../../../src/enrichment/messages.ts';
import { alertEvent, alertEventText } from '../../../../src/enrichment/out/alertEvent.ts';
import type { Sent } from '../../../../src/enrichment/out/channel.ts';
import {
  createDelivering,
  type Delivering,
  type DeliveringOptions,
} from '../../../../src/enrichment/out/delivering.ts';
import { type MemoryChannel, memoryChannel } from '../../../../src/enrichment/out/memoryChannel.ts';
import type { AlertRecord } from '../../../../src/enrichment/record.ts';
import { type MemoryAlertStore, memoryAlertStore } from '../../../../src/enrichment/store/memoryAlertStore.ts';
import { type FakeClock, fakeClock } from '../../../support/fakeClock.ts';
import { type LogLine, recordedLog } from '../../../support/recordedLog.ts';
import { finished } from './finished.ts';

export interface Outgoing {
  readonly store: MemoryAlertStore;
  readonly clock: FakeClock;
  readonly delivering: Delivering;
  readonly channels: Readonly<Record<ChannelName, MemoryChannel>>;
  /** All that are in the queue, those that are not to be seen yet, too. */
  readonly messages: Message[];
  readonly lines: readonly LogLine[];
  /** Ends an alert as enriching does: a result, and a row for each channel. No message is sent. */
  end(key: string, channels: readonly ChannelName[]): Promise<readonly Delivery[]>;
  /** Delivers a message that can be seen, and takes it out of the queue, if that is not thrown at. @returns whether there was one */
  deliverNext(at?: number): Promise<boolean>;
  /** Delivers until no message can be seen. @throws where that has no end */
  deliverAll(): Promise<void>;
}

export interface Message {
  readonly text: string;
  /** On the wall. */
  readonly visibleAt: number;
}

export interface OutgoingOptions {
  /** Called before and after each step outside of the process: what it throws, the step throws. */
  readonly step?: (what: string) => void;
  /** Awaited before each step, and each look at the store. */
  readonly pause?: () => Promise<unknown>;
  /** Of all channels. */
  readonly outcome?: (attempt: number) => Sent;
  /** Those that are set up; all by default. */
  readonly configured?: readonly ChannelName[];
}

const every: readonly ChannelName[] = ['queue', 'eventGrid', 'webhook'];

export const outgoing = (options: OutgoingOptions = {}): Outgoing => {
  const { step = () => {}, pause = async () => {}, outcome, configured = every } = options;
  const clock = fakeClock();
  const log = recordedLog();
  const store = memoryAlertStore({ beforeWrite: step, afterWrite: step });
  const messages: Message[] = [];
  const queue = {
    async send(text: string, delaySeconds = 0) {
      await pause();
      step('message');
      messages.push({ text, visibleAt: clock.wall() + delaySeconds * 1000 });
      step('message');
    },
  };
  const channel = (name: ChannelName) => memoryChannel(name, outcome);
  const channels = { queue: channel('queue'), eventGrid: channel('eventGrid'), webhook: channel('webhook') };
  const stepping = every
    .filter((name) => configured.includes(name))
    .map((name) => ({
      name,
      async send(...[event]: Parameters<MemoryChannel['send']>) {
        await pause();
        step('event');
        const sent = await channels[name].send(event);
        step('event');
        return sent;
      },
    }));
  const delivering = createDelivering({
    store: pausing(store, pause),
    channels: stepping,
    queue,
    clock,
    log,
    random: () => 0,
  });

  const deliverNext = async (at = 0): Promise<boolean> => {
    const visible = messages.filter(({ visibleAt }) => visibleAt <= clock.wall());
    const message = visible[at % Math.max(1, visible.length)];
    if (!message) return false;
    await delivering.deliver(readDeliverMessage(JSON.parse(message.text)));
    messages.splice(messages.indexOf(message), 1);
    return true;
  };

  return {
    store,
    clock,
    delivering,
    channels,
    messages,
    lines: log.lines,
    end: (key, names) => endAlert(store, key, names, clock.wall()),
    deliverNext,
    async deliverAll() {
      for (let delivered = 0; await deliverNext(); delivered++) {
        if (delivered === 10_000) throw new Error('one message brings another, without end');
      }
    },
  };
};

const pausing = (store: MemoryAlertStore, pause: () => Promise<unknown>): DeliveringOptions['store'] => ({
  result: async (...which) => pause().then(() => store.result(...which)),
  delivery: async (...which) => pause().then(() => store.delivery(...which)),
  saveDelivery: async (...which) => pause().then(() => store.saveDelivery(...which)),
  removeDelivery: async (...which) => pause().then(() => store.removeDelivery(...which)),
  deliveries: async (...which) => pause().then(() => store.deliveries(...which)),
});

const endAlert = async (store: MemoryAlertStore, key: string, names: readonly ChannelName[], now: number) => {
  const waiting: AlertRecord = {
    ...finished().record,
    key,
    alertId: key,
    state: 'waiting',
    product: 'defender',
    machineIds: [],
    ticket: 1,
    due: now,
    tries: 0,
    strays: 0,
    calls: 0,
  };
  const deliveries = names.map(
    (channel): Delivery => ({
      key,
      sequence: 1,
      channel,
      ticket: 1,
      due: now,
      tries: 0,
      triedSince: 0,
      isGivenUp: false,
    }),
  );
  await store.create([{ record: waiting, original: '{}' }]);
  const version = (await store.read(key))?.version ?? '';
  const result = alertEventText(alertEvent(finished({ record: waiting })));
  await store.save({ ...waiting, state: 'enriched' }, version, { result, deliveries });
  return deliveries;
};
