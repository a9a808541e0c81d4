import type { ChannelName } from '../delivery.ts';
import type { AlertEvent } from '../event.ts';
import type { Channel, Sent } from './channel.ts';

/** A channel in this process, for tests. */
export interface MemoryChannel extends Channel {
  /** All that it was given, in order, sent or not. */
  readonly attempts: readonly AlertEvent[];
  /** What was sent, in order. */
  readonly events: readonly AlertEvent[];
}

/** @param outcome of an attempt; they are counted from 1 */
export const memoryChannel = (
  name: ChannelName = 'queue',
  outcome: (attempt: number, event: AlertEvent) => Sent = () => ({ kind: 'sent' }),
): MemoryChannel => {
  const attempts: AlertEvent[] = [];
  const events: AlertEvent[] = [];
  return {
    name,
    attempts,
    events,
    async send(event) {
      const sent = outcome(attempts.push(event), event);
      if (sent.kind === 'sent') events.push(event);
      return sent;
    },
  };
};
