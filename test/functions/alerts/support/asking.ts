import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import { createIntake } from '../../../../src/enrichment/accepting/createIntake.ts';
import { createReplay } from '../../../../src/enrichment/createReplay.ts';
import { createLooking } from '../../../../src/enrichment/looking/looking.ts';
import { type MemoryAlertStore, memoryAlertStore } from '../../../../src/enrichment/store/memoryAlertStore.ts';
import { alertFunctions } from '../../../../src/functions/alerts/alertFunctions.ts';
import type { AlertServices } from '../../../../src/functions/alerts/alertServices.ts';
import { answeringFaults } from '../../../../src/functions/answeringFaults.ts';
import { memoryQueue, type SentMessage } from '../../../../src/storage/memoryQueue.ts';
import { withKey } from '../../../support/callers.ts';
import { type FakeClock, fakeClock } from '../../../support/fakeClock.ts';

export const origin = 'https://gateway.example';
export const key = { 'x-functions-key': 'secret' };

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is neither text nor bytes is sent as JSON. */
  readonly body?: unknown;
  /** Ends when the last of the body has come. */
  readonly arrives?: () => Promise<void>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Of JSON. */
  readonly body: Readonly<Record<string, unknown>> & {
    readonly accepted: readonly Readonly<Record<string, string>>[];
    readonly value: readonly Readonly<Record<string, string>>[];
    readonly error: { readonly code: string; readonly message: string; readonly target: string };
  };
}

export interface World {
  readonly clock: FakeClock;
  readonly store: MemoryAlertStore;
  /** What was told to whoever enriches. */
  readonly queued: readonly SentMessage[];
  readonly logged: readonly string[];
  /** Asks as the host does, without letting time go by. */
  ask(address: string, sent?: Sent): Promise<Answered>;
  /** Asks, and lets a tenth of a second go by. */
  answer(address: string, sent?: Sent): Promise<Answered>;
}

/** The functions of alerts on memory, or on services that do otherwise. */
export const asking = (others: (services: AlertServices) => Partial<AlertServices> = () => ({})): World => {
  const clock = fakeClock();
  const store = memoryAlertStore();
  const queue = memoryQueue();
  const services: AlertServices = {
    intake: createIntake({ store, queue, clock }),
    looking: createLooking({ store, clock }),
    replay: createReplay({ store, queue, clock }),
    rules: { clientStates: ['agreed'] },
  };
  const functions = alertFunctions({ clock, alerts: { ...services, ...others(services) } });
  const logged: string[] = [];
  const context = new InvocationContext({
    functionName: 'asked',
    logHandler: (_, ...said) => void logged.push(JSON.stringify(said)),
  });

  const ask = async (
    address: string,
    { method = 'GET', headers = {}, body, arrives }: Sent = {},
  ): Promise<Answered> => {
    const url = new URL(address, origin);
    const path = url.pathname.slice(1).split('/');
    const found = functions
      .filter(({ methods }) => methods.some((each) => each === method))
      .flatMap(({ route, handler }) => {
        const params = paramsOf(route.split('/'), path);
        return params ? [{ handler, params }] : [];
      })[0];
    if (!found) throw new Error(`there is no function for ${method} ${address}`);
    const request = new HttpRequest({
      method,
      url: url.href,
      query: Object.fromEntries(url.searchParams),
      params: found.params,
      headers: { ...headers },
      ...(body === undefined ? {} : { body: { bytes: bytesOf(body) } }),
    });
    const whole = request.arrayBuffer.bind(request);
    if (arrives) Object.assign(request, { arrayBuffer: () => arrives().then(whole) });
    return answered(
      (await answeringFaults(async (asked, within) => found.handler(asked, within, withKey))(
        request,
        context,
      )) as HttpResponseInit,
    );
  };

  return {
    clock,
    store,
    queued: queue.messages,
    logged,
    ask,
    async answer(address, sent) {
      const answering = ask(address, sent);
      answering.catch(() => undefined);
      await clock.advance(100);
      return answering;
    },
  };
};

const bytesOf = (body: unknown): Uint8Array => {
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
};

const answered = ({ status = 0, headers = {}, body }: HttpResponseInit): Answered => {
  const said = headers as Record<string, string>;
  const text = Buffer.from(body as string | Uint8Array).toString();
  const isJson = String(said['content-type']).includes('json') && said['content-encoding'] === undefined;
  return { status, headers: said, text, body: isJson && text !== '' ? JSON.parse(text) : {} };
};

/** As the host decodes a path: all but a slash. */
const paramsOf = (route: readonly string[], path: readonly string[]): Record<string, string> | undefined => {
  if (route.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, segment] of route.entries()) {
    const written = path[at] ?? '';
    const [, name] = /^\{(\w+)\}$/.exec(segment) ?? [];
    if (name !== undefined) params[name] = decodeURIComponent(written.replace(/%2f/gi, '%252F'));
    else if (segment !== written) return undefined;
  }
  return params;
};
