/** A way for results to go out. The port: a queue, an Event Grid topic, a webhook. */
import type { ChannelName } from '../delivery.ts';
import type { AlertEvent } from '../event.ts';

export interface Channel {
  readonly name: ChannelName;
  /**
   * One attempt. Never rejects.
   *
   * @param event whole, of any size; a channel that can't carry it sends a claim (`claimOf`)
   */
  send(event: AlertEvent): Promise<Sent>;
}

export type Sent =
  | { readonly kind: 'sent' }
  /** It may go another time. */
  | { readonly kind: 'failed'; readonly reason: string; readonly retryAfterSeconds?: number | undefined }
  /** The receiver is gone for good, or must not be spoken to: nothing is tried again. */
  | { readonly kind: 'refused'; readonly reason: string };
