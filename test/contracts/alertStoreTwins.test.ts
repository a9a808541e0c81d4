import * as fc from 'fast-check';
import type { AlertStore } from '../../src/enrichment/alertStore.ts';
import { channelNames, type DeliveryId } from '../../src/enrichment/delivery.ts';
import { alertStates } from '../../src/enrichment/record.ts';
import { memoryAlertStore } from '../../src/enrichment/store/memoryAlertStore.ts';
import { tableAlertStore } from '../../src/enrichment/store/tableAlertStore.ts';
import { readSettings } from '../../src/settings.ts';
import { memoryBodies } from '../../src/storage/memoryBodies.ts';
import { Overtaken } from '../../src/storage/overtaken.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { delivery, newAlert, waiting } from '../enrichment/store/support/alerts.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';

let azurite: Azurite;
let runs = 0;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

interface Twin {
  readonly store: AlertStore;
  /** Of records and deliveries, as they were last read or written here: they may be old. */
  readonly versions: Map<string, string>;
}

type Step = (twin: Twin) => Promise<unknown>;

const doing = <T>(some: fc.Arbitrary<T>, act: (twin: Twin, value: T) => Promise<unknown>): fc.Arbitrary<Step> =>
  some.map((value) => (twin) => act(twin, value));

const overtakenOr = async (write: Promise<string>, { versions }: Twin, name: string): Promise<string> => {
  try {
    versions.set(name, await write);
    return 'written';
  } catch (fault) {
    if (fault instanceof Overtaken) return 'overtaken';
    throw fault;
  }
};

const keys = ['a', 'a|', 'a#', 'b', '#'.repeat(200), '%'.repeat(200)] as const;
const key = fc.constantFrom(...keys);
const due = fc.integer({ min: 0, max: 5 });
const sequence = fc.integer({ min: 1, max: 2 });
const channel = fc.constantFrom(...channelNames);
const deliveryId = fc.record({ key, sequence, channel });
const nameOf = ({ key: of, sequence: nth, channel: by }: DeliveryId): string => JSON.stringify([of, nth, by]);
const odd = fc.constantFrom(JSON.stringify('ä"'.repeat(130_000)), '"\u2028"');
const text = fc.oneof({ weight: 9, arbitrary: fc.json() }, { weight: 1, arbitrary: odd });
const second = fc.integer({ min: 10, max: 16 }).map((number) => `2026-11-21T10:00:${number}.000Z`);
const options = fc.record({
  top: fc.integer({ min: 0, max: 6 }),
  dueBefore: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
});
const alerts = fc
  .uniqueArray(fc.record({ key, due, text }), { selector: (alert) => alert.key, maxLength: 6 })
  .map((some) => some.map((alert) => newAlert(alert.key, { due: alert.due }, alert.text)));
const record = fc
  .record({ key, due, sequence, state: fc.constantFrom(...alertStates), ticket: fc.nat(9), finishedAt: second })
  .map(({ finishedAt, ...rest }) => ({ ...waiting(rest.key, rest), ...(rest.state !== 'waiting' && { finishedAt }) }));
const saving = fc.record({ record, result: text, channels: fc.uniqueArray(channel) });

const reading = doing(key, async ({ store, versions }, id) => {
  const found = await store.read(id);
  if (found) versions.set(id, found.version);
  return found?.value;
});

const readingDelivery = doing(deliveryId, async ({ store, versions }, id) => {
  const found = await store.delivery(id);
  if (found) versions.set(nameOf(id), found.version);
  return found?.value;
});

const write = doing(saving, (twin, { record: next, result, channels }) => {
  const deliveries = channels.map((name, at) => delivery(next, name, { due: at }));
  const ending = next.state === 'waiting' ? undefined : { result, deliveries };
  const version = twin.versions.get(next.key) ?? '';
  return overtakenOr(twin.store.save(next, version, ending), twin, next.key);
});

const tried = fc.record({ id: deliveryId, due, tries: fc.nat(9), isGivenUp: fc.boolean() });
const writeDelivery = doing(tried, (twin, { id, ...more }) => {
  const version = twin.versions.get(nameOf(id)) ?? '';
  return overtakenOr(twin.store.saveDelivery(delivery(id, id.channel, more), version), twin, nameOf(id));
});

type List = Parameters<AlertStore['list']>;

/** Places are each store's own. */
const listed = async (store: AlertStore, ...asked: List) =>
  (await store.list(...asked)).map(({ place: _, ...alert }) => alert);

const inPages = async (store: AlertStore, state: List[0], top: number) => {
  const all: string[] = [];
  for (let page = await store.list(state, { top }); page.length > 0; ) {
    all.push(...page.map((alert) => alert.key));
    page = await store.list(state, { top, after: page.at(-1)?.place });
  }
  return all;
};

const step = fc.oneof(
  { weight: 4, arbitrary: doing(alerts, ({ store }, some) => store.create(some)) },
  { weight: 6, arbitrary: reading },
  { weight: 6, arbitrary: write },
  { weight: 3, arbitrary: readingDelivery },
  { weight: 3, arbitrary: writeDelivery },
  doing(deliveryId, ({ store }, id) => store.removeDelivery(id)),
  doing(options, ({ store }, asked) => listed(store, 'waiting', asked)),
  doing(options, ({ store }, asked) => listed(store, 'failed', asked)),
  doing(fc.integer({ min: 1, max: 3 }), ({ store }, top) => inPages(store, 'waiting', top)),
  doing(fc.integer({ min: 1, max: 3 }), ({ store }, top) => inPages(store, 'failed', top)),
  doing(options, ({ store }, { dueBefore }) => store.deliveries({ dueBefore, top: 99 })),
  doing(options, async ({ store }, asked) => (await store.deliveries(asked)).length),
  doing(fc.record({ part: fc.nat(3), second }), ({ store }, old) => store.prune(old.part, Date.parse(old.second))),
);

/** All that can be seen of a store. */
const seen = async (store: AlertStore) => ({
  records: await Promise.all(keys.map(async (id) => (await store.read(id))?.value)),
  originals: await Promise.all(keys.map((id) => store.original(id).catch(() => 'gone'))),
  results: await Promise.all(keys.flatMap((id) => [store.result(id, 1), store.result(id, 2)])),
  waiting: await listed(store, 'waiting', { top: 99 }),
  failed: await listed(store, 'failed', { top: 99 }),
  deliveries: await store.deliveries({ top: 99 }),
  outbox: await Promise.all(keys.map((id) => store.deliveriesOf(id))),
});

describe('the stores of alerts, in memory and in Table storage', () => {
  it('tell the same, whatever is done with them', async () => {
    const table = tableClient(
      readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: azurite.connectionString }),
      'twins',
    );
    const twinOf = (store: AlertStore): Twin => ({ store, versions: new Map() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 50 }), async (steps) => {
        const partition = `run ${++runs}`;
        const inMemory = twinOf(memoryAlertStore({}, 4));
        const inTable = twinOf(tableAlertStore(table, { partition, bodies: memoryBodies(), parts: 4 }));
        for (const act of steps) expect(await act(inTable)).toEqual(await act(inMemory));
        expect(await seen(inTable.store)).toEqual(await seen(inMemory.store));
      }),
      { numRuns: 12 },
    );
  });
});
