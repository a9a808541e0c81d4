/** Results to a custom topic of Event Grid, which must take events in the CloudEvents schema ("Publish events to Azure Event Grid custom topics"). */
import type { Clock } from '../../../clock.ts';
import type { Token } from '../../../defender/token.ts';
import type { Channel, Sent } from '../channel.ts';
import { type Attempt, attempt } from './attempt.ts';
import type { Post } from './post.ts';
import { sentBy } from './sentBy.ts';

export interface EventGridOptions {
  /** As `readTopicEndpoint` gives it. */
  readonly endpoint: string;
  /** A key of the topic, else who speaks for the identity, in `eventGridScope`. */
  readonly credential: { readonly key: string } | Token;
  readonly post: Post;
  readonly clock: Clock;
}

/** What a token must be for ("Authentication and authorization with Microsoft Entra ID" of Event Grid; role: EventGrid Data Sender). */
export const eventGridScope = 'https://eventgrid.azure.net/.default';

/** Of a call, an array of events; 1 MB, which of the two is not said ("Publish events to Azure Event Grid custom topics"). */
const mostBytes = 1_000_000;

export const eventGridChannel = ({ endpoint, credential, post, clock }: EventGridOptions): Channel => {
  const url = addressOf(endpoint);
  return {
    name: 'eventGrid',
    async send(event) {
      const allowed = await allowedBy(credential);
      if (allowed.kind === 'failed') return allowed;
      const headersOf = async () => ({ 'content-type': batchType, ...allowed.headers });
      const wrap = (text: string) => `[${text}]`;
      const made = await attempt(event, { post, clock, url, mostBytes, wrap, headersOf });
      if (made.kind === 'answered' && made.status === 401) allowed.refused();
      return judged(made, clock.wall());
    },
  };
};

const addressOf = (endpoint: string): string => {
  const url = new URL(endpoint);
  url.searchParams.set('api-version', '2018-01-01');
  return url.href;
};

const batchType = 'application/cloudevents-batch+json; charset=utf-8';

type Allowed =
  | {
      readonly kind: 'allowed';
      readonly headers: Readonly<Record<string, string>>;
      /** Event Grid did not take it. */
      refused(): void;
    }
  | Extract<Sent, { kind: 'failed' }>;

const allowedBy = async (credential: EventGridOptions['credential']): Promise<Allowed> => {
  if ('key' in credential) {
    return { kind: 'allowed', headers: { 'aeg-sas-key': credential.key }, refused: () => undefined };
  }
  try {
    const token = await credential.get();
    const headers = { authorization: `Bearer ${token}` };
    return { kind: 'allowed', headers, refused: () => credential.refused(token) };
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : String(fault);
    return { kind: 'failed', reason: `the gateway's managed identity gave no token for Event Grid: ${said}` };
  }
};

const judged = (made: Attempt, wallMs: number): Sent => {
  const sent = sentBy(made, wallMs);
  if (sent.kind !== 'failed' || made.kind !== 'answered' || !(made.status in hints)) return sent;
  return { ...sent, reason: `${sent.reason} (${hints[made.status]})` };
};

/** What is likely amiss ("Publish events to Azure Event Grid custom topics", Response). */
const hints: Readonly<Record<number, string>> = {
  400: 'does the topic take the CloudEvents schema?',
  401: "is EVENT_GRID_TOPIC_KEY one of the topic's keys, or has the identity the role EventGrid Data Sender?",
  403: "has the identity the role EventGrid Data Sender, and does the topic's firewall let the gateway in?",
  404: 'is EVENT_GRID_TOPIC_ENDPOINT right?',
};
