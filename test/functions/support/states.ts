/** The function that answers for security states, with a Defender and a preview in memory behind its wire. */
import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import { callNamed } from '../../../src/defender/calls.ts';
import { machineSecurityStates } from '../../../src/functions/machineSecurityStates.ts';
import { createLiveStates } from '../../../src/snapshots/live/liveStates.ts';
import type { StoredStates } from '../../../src/snapshots/live/storedStates.ts';
import { createSources } from '../../../src/snapshots/sources/sources.ts';
import { memoryRunIndex } from '../../../src/snapshots/store/memoryRunIndex.ts';
import type { Row } from '../../snapshots/live/support/fleet.ts';
import { storedIn } from '../../snapshots/live/support/states.ts';
import { withKey } from '../../support/callers.ts';
import { defenderOn } from '../../support/defender.ts';
import { type FakeClock, fakeClock } from '../../support/fakeClock.ts';
import { quietLog } from '../../support/quietLog.ts';
import { json } from '../../support/scriptedFetch.ts';
import { servicesOn } from '../../support/services.ts';

export interface Upstream {
  machines: readonly Row[];
  antivirus: readonly Row[];
  /** What the preview answers. */
  preview: () => Response;
  /** What is answered in place of a list, by its path. */
  readonly instead: Map<string, () => Response>;
  /** Host and path of what arrived. */
  readonly arrived: string[];
}

export interface Setting {
  readonly source?: 'auto' | 'preview' | 'composed';
  readonly stored?: StoredStates;
  readonly mostPages?: number;
  readonly notes?: ReturnType<typeof memoryRunIndex>;
}

export interface StatesAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>> & {
    readonly value?: readonly Row[];
    readonly error?: { readonly code: string; readonly message: string };
    readonly '@odata.nextLink'?: string;
  };
}

export const address = 'https://gateway.example/testwdatppreview/machinesecuritystates';

/** A tenant whose preview is not served, unless a test says so. */
export const upstreamOf = (machines: readonly Row[], antivirus: readonly Row[]): Upstream => ({
  machines,
  antivirus,
  preview: () => json({ error: { code: 'NotFound', message: 'no such resource' } }, 404),
  instead: new Map(),
  arrived: [],
});

/** Asks it, as one process with its own memory. */
export const statesAsked = (upstream: Upstream, setting: Setting = {}, clock: FakeClock = fakeClock(8)) => {
  const { source = 'composed', stored = storedIn(undefined), mostPages, notes = memoryRunIndex() } = setting;
  const services = servicesOn(clock, fetchOf(upstream));
  const sources = createSources({
    defender: defenderOn(clock, fetchOf(upstream)),
    notes,
    setting: source,
    staleDays: 7,
    clock,
  });
  const liveStates = createLiveStates({
    sources,
    stored,
    staleDays: 7,
    antivirusLifetime: 300,
    clock,
    log: quietLog,
    ...(mostPages === undefined ? {} : { mostPages }),
  });
  const { handler, name } = machineSecurityStates(callNamed('machineSecurityStates'), { ...services, liveStates });
  return {
    clock,
    async ask(
      headers: Readonly<Record<string, string>> = {},
      query: Readonly<Record<string, string>> = {},
    ): Promise<StatesAnswer> {
      const request = new HttpRequest({
        method: 'GET',
        url: `${address}?code=secret`,
        headers: { ...headers },
        query: { ...query },
      });
      const answering = Promise.resolve(handler(request, new InvocationContext({ functionName: name }), withKey));
      await clock.advance(5000);
      const { status = 0, headers: told, body } = (await answering) as HttpResponseInit;
      const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body);
      return { status, headers: told as Record<string, string>, body: text === '' ? {} : JSON.parse(text) };
    },
  };
};

const fetchOf =
  (upstream: Upstream): typeof fetch =>
  async (input) => {
    const { host, pathname, searchParams } = new URL(String(input));
    upstream.arrived.push(`${host}${pathname}`);
    const instead = upstream.instead.get(pathname)?.();
    if (instead) return instead;
    if (host === 'graph.example') return upstream.preview();
    const rows = pathname === '/api/machines' ? upstream.machines : upstream.antivirus;
    const skip = Number(searchParams.get('$skip') ?? 0);
    return json({ '@odata.context': 'x', value: rows.slice(skip, skip + Number(searchParams.get('$top') ?? 10_000)) });
  };
