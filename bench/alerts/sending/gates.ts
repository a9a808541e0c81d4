/** The ways into the gateway, as its callers know them: an address, a key, a queue. */
import type { QueueClient } from '@azure/storage-queue';
import type { Client } from '../client.ts';
import type { Sending } from '../making/sending.ts';

export interface Gates {
  /** One attempt. Never rejects. */
  send(sending: Sending): Promise<Sent>;
}

/** `again`: it was not taken, or nobody can know; who sends has to send it again. */
export type Sent =
  | { readonly kind: 'taken' }
  | { readonly kind: 'again'; readonly why: string; readonly retryAfterSeconds?: number }
  | { readonly kind: 'refused'; readonly why: string };

export interface GatesOptions {
  /** Where a function answers now; undefined while none of its instances runs. */
  readonly urlOf: (placement: 'http' | 'alertRaised') => string | undefined;
  readonly keys: { readonly function: string; readonly eventGrid: string };
  readonly client: Client;
  /** `alerts-in`, not by way of the faulty storage: what goes wrong there is for its sender. */
  readonly queue: Pick<QueueClient, 'sendMessage'>;
}

export const createGates = ({ urlOf, keys, client, queue }: GatesOptions): Gates => {
  const post = async (url: string | undefined, { contentType, body }: Sending, headers: Record<string, string>) => {
    if (url === undefined) return { kind: 'again', why: 'no instance' } as const;
    const reply = await client.request(url, { body, headers: { ...headers, 'content-type': contentType } });
    return sentOf(reply);
  };
  const byHttp = (path: string) => {
    const url = urlOf('http');
    return url && `${url}${path}`;
  };
  const byEventGrid = () => {
    const url = urlOf('alertRaised');
    return url && `${url}/runtime/webhooks/eventgrid?functionName=alertRaised&code=${keys.eventGrid}`;
  };
  const put = async (text: string): Promise<Sent> => {
    await queue.sendMessage(text);
    return { kind: 'taken' };
  };
  const once = (sending: Sending): Promise<Sent> => {
    switch (sending.way) {
      case 'http':
        return post(byHttp('/gateway/alerts'), sending, { 'x-functions-key': keys.function });
      case 'hook':
        return post(byHttp(`/gateway/hooks/alerts?code=${keys.function}`), sending, {});
      case 'eventGrid':
        return post(byEventGrid(), sending, { 'aeg-event-type': 'Notification' });
      case 'queue':
        return put(sending.body);
      case 'base64':
        return put(Buffer.from(sending.body).toString('base64'));
    }
  };
  return {
    send: (sending) => once(sending).catch((error: Error) => ({ kind: 'again', why: error.message })),
  };
};

const sentOf = ({ status, headers, body }: Awaited<ReturnType<Client['request']>>): Sent => {
  if (status === 202) return { kind: 'taken' };
  const why = `${status} ${body.slice(0, 300)}`;
  if (status < 500 && status !== 429 && status !== 408) return { kind: 'refused', why };
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return { kind: 'again', why, ...(Number.isFinite(seconds) && { retryAfterSeconds: seconds }) };
};
