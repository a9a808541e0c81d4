/** The gateway's functions as callers reach them, with what they park in memory, and whoever runs that. */
import { HttpRequest, HttpResponse, type HttpResponseInit, InvocationContext } from '@azure/functions';
import type { CallerIdentity } from '../../../../src/callers/identity.ts';
import { httpFunctions } from '../../../../src/functions/httpFunctions.ts';
import { createAskFunction } from '../../../../src/functions/operations/askFunction.ts';
import type { OperationServices } from '../../../../src/functions/operations/operationServices.ts';
import { parkable } from '../../../../src/functions/operations/parkable.ts';
import type { HttpFunction } from '../../../../src/functions/services.ts';
import { createLooking } from '../../../../src/operations/looking.ts';
import { readRunMessage } from '../../../../src/operations/messages.ts';
import { createParking } from '../../../../src/operations/parking.ts';
import { createRunning } from '../../../../src/operations/running/createRunning.ts';
import { memoryOperationStore } from '../../../../src/operations/store/memoryOperationStore.ts';
import { memoryBodies } from '../../../../src/storage/memoryBodies.ts';
import { memoryQueue } from '../../../../src/storage/memoryQueue.ts';
import type { MemoryWrites } from '../../../../src/storage/memoryWrites.ts';
import { withKey } from '../../../support/callers.ts';
import { quotasOn } from '../../../support/defender.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { recordedLog } from '../../../support/recordedLog.ts';
import { type Scripted, scriptedFetch } from '../../../support/scriptedFetch.ts';
import { servicesOn } from '../../../support/services.ts';

export interface SentTo {
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly params?: Record<string, string>;
  readonly identity?: CallerIdentity;
  /** Milliseconds that go by while it is answered. */
  readonly advance?: number;
  readonly url?: string;
}

export interface ParkingGatewayOptions {
  readonly script?: readonly Scripted[];
  readonly limits?: string;
  readonly writes?: MemoryWrites;
  /** In place of the gateway's own. */
  readonly functions?: readonly HttpFunction[];
}

export const another: CallerIdentity = { ...withKey, id: 'key-ffffffffffff', owner: 'key-ffffffffffff' };

export const createParkingGateway = ({ script = [], limits, writes, functions }: ParkingGatewayOptions = {}) => {
  const clock = fakeClock();
  const log = recordedLog();
  const wire = scriptedFetch(...script);
  const [store, queue, bodies] = [memoryOperationStore(writes), memoryQueue(), memoryBodies()];
  const retentionMs = 24 * 3_600_000;
  const operations: OperationServices = {
    parking: createParking({ store, queue, mostMs: 3_600_000, clock, log }),
    looking: createLooking({ store, bodies, retentionMs, clock }),
  };
  const services = { ...servicesOn(clock, wire.fetch, { quotas: quotasOn(clock, limits) }), operations };
  const own = [...httpFunctions(services), ...(functions ?? [])];
  const offered = own.map((each) => parkable(each, { operations, clock }));
  const ask = createAskFunction(own, { clock, log });
  const running = createRunning({ store, bodies, queue, ask, retentionMs, clock, log, random: () => 0 });

  const get = async (name: string, sent: SentTo = {}) => {
    const { headers = {}, query = {}, params = {}, identity = withKey, advance = 3000 } = sent;
    const found = offered.find((each) => each.name === name);
    if (!found) throw new Error(`no function is named ${name}`);
    const search = new URLSearchParams(query).toString();
    const path = found.route.replace(/\{(\w+)\}/g, (_, parameter: string) =>
      encodeURIComponent(params[parameter] ?? ''),
    );
    const url = sent.url ?? `https://gateway.example/${path}${search === '' ? '' : `?${search}`}`;
    const request = new HttpRequest({ method: 'GET', url, headers, query, params });
    const answering = Promise.resolve(found.handler(request, new InvocationContext({ functionName: name }), identity));
    await clock.advance(advance);
    const given = (await answering) as HttpResponseInit | HttpResponse;
    const response = given instanceof HttpResponse ? given : new HttpResponse(given);
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString();
    return { status: response.status, headers: Object.fromEntries(response.headers), bytes, text, json: jsonIn(text) };
  };

  const handle = async (text: string, advance = 3000): Promise<void> => {
    const run = running.run(readRunMessage(JSON.parse(text)));
    await clock.advance(advance);
    await run;
  };

  let done = 0;
  return {
    clock,
    log,
    wire,
    store,
    queue,
    bodies,
    get,
    /** With `Prefer: respond-async`. */
    park: (name: string, sent: SentTo = {}) =>
      get(name, { ...sent, headers: { prefer: 'respond-async', ...sent.headers } }),
    look: (id: string, sent: SentTo = {}) => get('operation', { ...sent, params: { id } }),
    /** Does what the next message in the queue asks for, as soon as it is there to be seen. @returns the seconds that it was hidden for */
    async run(advance = 3000): Promise<number> {
      const message = queue.messages[done];
      if (!message) throw new Error('the queue is empty');
      done += 1;
      await clock.advance(message.delaySeconds * 1000);
      await handle(message.text, advance);
      return message.delaySeconds;
    },
    /** Does what a message asks for. */
    handle,
  };
};

const jsonIn = (text: string) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
