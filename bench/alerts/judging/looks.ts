/** Every alert as the gateway shows it when all is over, asked for by either of its spellings. */
import type { Clock } from '../../../src/clock.ts';
import type { Client } from '../client.ts';
import type { PlannedAlert } from '../making/plannedAlert.ts';
import { otherSpelling } from '../making/spelling.ts';

/** What the gateway says of an alert. */
export interface Look {
  readonly state: string;
  /** Of its result, where it has one. */
  readonly eventId?: string | undefined;
  readonly machineIds: readonly string[];
  /** Why it waits, and until when. */
  readonly waitsFor?: string | undefined;
  /** Results that were not delivered yet, or never will be. */
  readonly undelivered: number;
}

export interface LooksOptions {
  readonly alerts: readonly Pick<PlannedAlert, 'id'>[];
  /** Which of them; all where nothing is said. */
  readonly places?: readonly number[];
  readonly urlOf: () => string | undefined;
  readonly key: string;
  readonly client: Pick<Client, 'request'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Milliseconds: a lost answer to a delivery is one until its message comes again. */
const lookAgainMs = 5_000;
const lanes = 12;
const attempts = 10;
const pauseMs = 1_000;

/**
 * Looks again at those whose results wait to be delivered.
 *
 * @param until instant of the monotonic clock at which they are taken as they are
 * @returns undefined for an alert that the gateway does not know @throws where one can't be looked at
 */
export const lookAtAll = async (options: LooksOptions, until: number): Promise<readonly (Look | undefined)[]> => {
  const { alerts, clock, signal } = options;
  const looks: (Look | undefined)[] = [];
  let places = options.places ?? alerts.map((_, place) => place);
  while (true) {
    await lookAtSome(places, looks, options);
    places = places.filter((place) => (looks[place]?.undelivered ?? 0) > 0);
    if (places.length === 0 || clock.monotonic() >= until || signal.aborted) return looks;
    await clock.sleep(lookAgainMs, signal);
  }
};

/** @param looks where they are put, by place */
const lookAtSome = async (places: readonly number[], looks: (Look | undefined)[], options: LooksOptions) => {
  const left = places.values();
  const lane = async () => {
    for (const place of left) {
      const id = options.alerts[place]?.id ?? '';
      looks[place] = await lookAt(place % 2 === 0 ? id : otherSpelling(id), options);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
};

/** Ids of the alerts that the gateway lists as waiting. @throws where it does not tell */
export const waitingIn = async ({ urlOf, key, client }: Pick<LooksOptions, 'urlOf' | 'key' | 'client'>) => {
  const ids: string[] = [];
  let url: string | undefined = `${urlOf() ?? nowhere}/gateway/alerts?state=waiting&$top=1000`;
  while (url !== undefined) {
    const { status, body } = await client.request(url, headersWith(key));
    if (status !== 200) throw new Error(`what waits is not told: ${status} ${body.slice(0, 200)}`);
    const page: { readonly value: readonly { readonly alertId: string }[]; readonly '@odata.nextLink'?: string } =
      JSON.parse(body);
    ids.push(...page.value.map(({ alertId }) => alertId));
    url = page['@odata.nextLink'];
  }
  return ids;
};

const lookAt = async (id: string, { urlOf, key, client, clock }: LooksOptions): Promise<Look | undefined> => {
  let why = 'no instance';
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const reply = await client
      .request(`${urlOf() ?? nowhere}/gateway/alerts/${encodeURIComponent(id)}`, headersWith(key))
      .catch((error: Error) => ({ status: 0, body: error.message }));
    if (reply.status === 404) return undefined;
    if (reply.status === 200) return readLook(JSON.parse(reply.body));
    why = `${reply.status} ${reply.body.slice(0, 200)}`;
    await clock.sleep(pauseMs);
  }
  throw new Error(`the alert ${id} can't be looked at: ${why}`);
};

/** Nothing answers there. */
const nowhere = 'http://127.0.0.1:1';

const headersWith = (key: string) => ({ headers: { 'x-functions-key': key } });

interface Shown {
  readonly state: string;
  readonly reason?: string;
  readonly nextTry?: string;
  readonly tries?: number;
  readonly deliveries?: readonly unknown[];
  readonly result?: {
    readonly id: string;
    readonly data?: { readonly machines?: readonly { readonly machine: { readonly id: string } }[] };
  };
}

const readLook = ({ deliveries = [], result, ...shown }: Shown): Look => ({
  state: shown.state,
  eventId: result?.id,
  machineIds: result?.data?.machines?.map(({ machine }) => machine.id) ?? [],
  ...(shown.nextTry && { waitsFor: `${shown.tries} tries, next ${shown.nextTry}: ${shown.reason ?? 'its turn'}` }),
  undelivered: deliveries.length,
});
