/** An alert that has ended, on its way to a webhook. */
import type { Delivery } from '../../../../src/enrichment/delivery.ts';
import type { Sent } from '../../../../src/enrichment/out/channel.ts';
import { type Outgoing, type OutgoingOptions, outgoing } from './outgoing.ts';

export const failed: Sent = { kind: 'failed', reason: 'answered 503' };

/** An alert that has ended, with its message in the queue. */
export const ended = async (
  options: OutgoingOptions = {},
): Promise<Outgoing & { row: () => Promise<Delivery | undefined> }> => {
  const out = outgoing(options);
  await out.delivering.sendAll(await out.end('a', ['webhook']));
  const row = async () => (await out.store.deliveriesOf('a'))[0];
  return { ...out, row };
};

/** Lets time go by, and delivers each message when it can be seen. */
export const goOn = async (out: Outgoing, seconds: number): Promise<void> => {
  const until = out.clock.wall() + seconds * 1000;
  for (;;) {
    await out.deliverAll();
    const next = Math.min(until, ...out.messages.map(({ visibleAt }) => visibleAt));
    out.clock.stall(next - out.clock.wall());
    if (next === until) return out.deliverAll();
    if (out.channels.webhook.attempts.length > 1000) throw new Error('it is tried again and again');
  }
};
