import type { ChannelName, Delivery } from '../delivery.ts';
import type { AlertRecord, AlertState } from '../record.ts';
import type { SourceName } from '../reference.ts';

/** An alert as it is shown to people and programs. What does not apply is left out. */
export interface AlertView {
  /** As it first came. */
  readonly alertId: string;
  readonly state: AlertState;
  /** Why it waits, or has no machine. */
  readonly reason?: string | undefined;
  /** While it waits: ISO 8601. */
  readonly nextTry?: string | undefined;
  readonly sources: readonly SourceName[];
  /** ISO 8601. */
  readonly receivedAt: string;
  /** ISO 8601. */
  readonly raisedAt?: string | undefined;
  /** ISO 8601. */
  readonly finishedAt?: string | undefined;
  /** Which result this is or will be. */
  readonly sequence: number;
  /** How often it was tried in vain; waiting for the quota is none. */
  readonly tries: number;
  /** Calls that went to Defender for it. */
  readonly calls: number;
  /** Named so far, by events or by Defender. */
  readonly machineIds: readonly string[];
  /** Results that are still on their way out, or could not be delivered. */
  readonly deliveries: readonly DeliveryView[];
}

export interface DeliveryView {
  readonly channel: ChannelName;
  /** Of the result. */
  readonly sequence: number;
  readonly state: 'pending' | 'givenUp';
  readonly tries: number;
  /** Of one that is pending: ISO 8601. */
  readonly nextTry?: string | undefined;
  /** Why the last try failed. */
  readonly reason?: string | undefined;
}

export const viewOf = (record: AlertRecord, deliveries: readonly Delivery[]): AlertView => ({
  alertId: record.alertId,
  state: record.state,
  reason: record.reason,
  nextTry: record.state === 'waiting' ? instant(record.due) : undefined,
  sources: record.sources,
  receivedAt: record.receivedAt,
  raisedAt: record.raisedAt,
  finishedAt: record.finishedAt,
  sequence: record.sequence,
  tries: record.tries,
  calls: record.calls,
  machineIds: record.machineIds,
  deliveries: deliveries.map(deliveryView),
});

/** @param milliseconds since 1970 @returns ISO 8601 */
export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

const deliveryView = ({ channel, sequence, isGivenUp, tries, due, reason }: Delivery): DeliveryView => ({
  channel,
  sequence,
  state: isGivenUp ? 'givenUp' : 'pending',
  tries,
  nextTry: isGivenUp ? undefined : instant(due),
  reason,
});
