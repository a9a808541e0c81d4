import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import { httpFunctions } from '../../../../src/functions/httpFunctions.ts';
import type { Reading } from '../../../../src/snapshots/reading/reading.ts';
import type { History } from '../../../snapshots/support/histories.ts';
import { hourlyRun, stateOf } from '../../../snapshots/support/states.ts';
import { withKey } from '../../../support/callers.ts';
import { type FakeClock, fakeClock } from '../../../support/fakeClock.ts';
import { scriptedFetch } from '../../../support/scriptedFetch.ts';
import { servicesOn } from '../../../support/services.ts';

export interface Answered {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Of JSON. */
  readonly body: {
    readonly '@odata.context': string;
    readonly '@odata.count'?: number;
    readonly '@odata.nextLink'?: string;
    readonly value: readonly Readonly<Record<string, unknown>>[];
    readonly error: { readonly code: string; readonly message: string; readonly target: string };
  } & Readonly<Record<string, unknown>>;
}

export const origin = 'https://gateway.example';

/** Asks the functions of the gateway as the host does, by whole addresses or paths. */
export const asking = (snapshots: Reading, clock: FakeClock = fakeClock()) => {
  const { fetch, calls } = scriptedFetch('silence');
  const functions = httpFunctions({ ...servicesOn(clock, fetch), snapshots });

  const get = async (address: string, headers: Record<string, string> = {}): Promise<Answered> => {
    const url = new URL(address, origin);
    const path = url.pathname.slice(1).split('/');
    const matches = functions
      .filter(({ methods }) => methods.includes('GET'))
      .flatMap(({ route, handler }) => {
        const params = paramsOf(route.split('/'), path);
        return params ? [{ handler, params }] : [];
      })
      .sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
    const [match] = matches;
    if (!match) throw new Error(`there is no function for ${address}`);
    const query = Object.fromEntries(url.searchParams);
    const request = new HttpRequest({ method: 'GET', url: url.href, query, params: match.params, headers });
    const context = new InvocationContext({ functionName: 'asked', logHandler: () => undefined });
    const answering = Promise.resolve(match.handler(request, context, withKey));
    answering.catch(() => undefined);
    await clock.advance(100);
    const { status, headers: said, body } = (await answering) as HttpResponseInit;
    const text = Buffer.from(body as string | Uint8Array).toString();
    const type = String(Object(said)['content-type']);
    return {
      status,
      headers: said as Record<string, string>,
      text,
      body: type.includes('json') && text !== '' && !Object(said)['content-encoding'] ? JSON.parse(text) : undefined,
    };
  };

  return { get, calls };
};

const paramsOf = (route: readonly string[], path: readonly string[]): Record<string, string> | undefined => {
  if (route.length !== path.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, segment] of route.entries()) {
    const [, name] = /^\{(\w+)\}$/.exec(segment) ?? [];
    if (name !== undefined) params[name] = decodeURIComponent(path[at] ?? '');
    else if (segment !== path[at]) return undefined;
  }
  return params;
};

export const idOf = (start: string): string => start.padEnd(40, '0');

const state = (start: string, ...propertiesRequireAttention: string[]) =>
  stateOf(idOf(start), { propertiesRequireAttention });

const av = 'AntivirusNotReporting';
const edr = 'EdrImpairedCommunications';

/** Three runs of a small fleet, at midnight, one and two o'clock. */
export const threeRuns: History = [
  { run: hourlyRun(0), isComplete: true, seen: [state('1', av), state('2'), state('8', edr), state('f')] },
  { run: hourlyRun(1), isComplete: true, seen: [state('1', av), state('2', av), state('8'), state('f')] },
  { run: hourlyRun(2), isComplete: true, seen: [state('1', av, edr), state('2', av), state('8'), state('c')] },
];
