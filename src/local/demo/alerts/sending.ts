/** Ways by which alerts come in. */
import { errorOf } from '../body.ts';
import type { Stage } from '../stage.ts';
import { type Taken, takenOf } from './alertBody.ts';

export interface Sent {
  /** What the sender saw. */
  readonly answer: string;
  readonly isTaken: boolean;
  /** What it was told of its alerts, where it is told. */
  readonly taken: Taken | undefined;
}

export interface Way {
  /** For people: `POST /gateway/alerts`. */
  readonly name: string;
  send(stage: Stage, body: unknown): Promise<Sent>;
}

/** With the key in a header. */
export const intake = (headers: Readonly<Record<string, string>> = {}): Way => ({
  name: 'POST /gateway/alerts',
  async send({ ask }, sent) {
    const { status, body } = await ask('/gateway/alerts', headers, sent);
    return answered(status, body);
  },
});

/** For whoever can only carry the key in the address. */
export const hook = (type = 'application/json'): Way => ({
  name: 'POST /gateway/hooks/alerts?code=…',
  async send({ send, keys }, sent) {
    const response = await send(`/gateway/hooks/alerts?code=${keys.function}`, post(sent, { 'content-type': type }));
    return answered(response.status, await response.json());
  },
});

/** As Event Grid delivers to a function of its own. */
export const eventGridFunction: Way = {
  name: 'Event Grid to the function alertRaised',
  async send({ send, keys }, event) {
    const response = await send(functionAddress(keys), post([event], { 'aeg-event-type': 'Notification' }));
    return { answer: String(response.status), isTaken: response.status === 202, taken: undefined };
  },
};

export const functionAddress = ({ eventGrid }: Stage['keys']): string =>
  `/runtime/webhooks/eventgrid?functionName=alertRaised&code=${eventGrid}`;

/** @param encoding plain, as playbooks write it, or base64, as Event Grid does */
export const queue = (encoding: 'plain text' | 'base64'): Way => ({
  name: `the queue alerts-in, in ${encoding}`,
  async send({ put }, sent) {
    const text = JSON.stringify(sent);
    await put('alerts-in', encoding === 'base64' ? Buffer.from(text).toString('base64') : text);
    return { answer: 'queued', isTaken: true, taken: undefined };
  },
});

/** JSON. */
export const post = (sent: unknown, headers: Readonly<Record<string, string>>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(sent),
});

const answered = (status: number, body: unknown): Sent => ({
  answer: [status, errorOf(body)?.message ?? []].flat().join(' '),
  isTaken: status === 202,
  taken: takenOf(body),
});
