/** Results to a webhook, as "Standard Webhooks" 1.0.0 describes it; the body is the event ("HTTP Protocol Binding for CloudEvents", structured). */
import type { Clock } from '../../../clock.ts';
import type { AlertEvent } from '../../event.ts';
import type { Channel, Sent } from '../channel.ts';
import { type Attempt, attempt } from './attempt.ts';
import type { Post } from './post.ts';
import { type ReceiverRules, receiverFault } from './receiver.ts';
import { sentBy } from './sentBy.ts';
import { signatureOf } from './signature.ts';
import type { WebhookSecret } from './webhookSecrets.ts';

export interface WebhookOptions extends ReceiverRules {
  readonly url: string;
  /** At least one. */
  readonly secrets: readonly WebhookSecret[];
  /** Refuses what leads to other addresses than `addressFault` allows. */
  readonly post: Post;
  readonly clock: Clock;
  /** Of a body, in UTF-8; a longer event goes as a claim. */
  readonly mostBytes?: number;
}

const mebibyte = 1024 * 1024;

export const webhookChannel = ({ mostBytes = mebibyte, ...options }: WebhookOptions): Channel => {
  const { url, clock } = options;
  const fault = receiverFault(url, options);

  return {
    name: 'webhook',
    async send(event) {
      if (fault !== undefined) return { kind: 'refused', reason: `WEBHOOK_URL ${fault}` };
      const headersOf = (body: Uint8Array) => signedHeaders(event, body, options);
      return judged(await attempt(event, { ...options, mostBytes, headersOf }), clock.wall());
    },
  };
};

const signedHeaders = async ({ id }: AlertEvent, body: Uint8Array, { secrets, clock }: WebhookOptions) => {
  const timestamp = Math.floor(clock.wall() / 1000);
  return {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': await signatureOf({ id, timestamp, body }, secrets),
  };
};

/** "Standard Webhooks", Delivery success and failure. */
const judged = (made: Attempt, wallMs: number): Sent => {
  if (made.kind === 'answered' && made.status === 410) {
    return { kind: 'refused', reason: 'it answered 410: it wants no more of these' };
  }
  if (made.kind === 'answered' && made.status >= 300 && made.status < 400) {
    const reason = `it answers with a redirect (${made.status}), which is not followed: write the last address in WEBHOOK_URL`;
    return { kind: 'failed', reason };
  }
  return sentBy(made, wallMs);
};
