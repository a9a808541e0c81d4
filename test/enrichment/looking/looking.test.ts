import type { AlertStore } from '../../../src/enrichment/alertStore.ts';
import { createLooking } from '../../../src/enrichment/looking/looking.ts';
import type { AlertRecord } from '../../../src/enrichment/record.ts';
import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { fakeClock, settled } from '../../support/fakeClock.ts';
import { delivery, due, ended, receivedAt, recorded, rewritten, waitingAlert } from './support/alerts.ts';

const id = waitingAlert().alertId;
const nextTry = new Date(due).toISOString();

const world = async (...records: readonly AlertRecord[]) => {
  const clock = fakeClock();
  const store = memoryAlertStore();
  await recorded(store, ...records);
  let reads = 0;
  const counted: AlertStore = {
    ...store,
    read(key) {
      reads += 1;
      return store.read(key);
    },
  };
  return { clock, store, looking: createLooking({ store: counted, clock }), reads: () => reads };
};

describe('a look at an alert', () => {
  it('shows one that waits, with the time of its next try, and nothing of the gateway’s own affairs', async () => {
    const machineIds = ['a'.repeat(40)];
    const { looking } = await world(waitingAlert({ tries: 2, calls: 1, machineIds, reason: 'the quota is spent' }));
    expect(JSON.parse(JSON.stringify(await looking.look(id)))).toEqual({
      view: {
        alertId: id,
        state: 'waiting',
        reason: 'the quota is spent',
        nextTry,
        sources: ['plain'],
        receivedAt,
        sequence: 1,
        tries: 2,
        calls: 1,
        machineIds,
        deliveries: [],
      },
    });
  });

  it('shows one that has ended with its result, to the letter', async () => {
    const { looking, store } = await world(waitingAlert());
    const result = '{"id":"637~1", "data":{"n":12345678901234567890}}';
    await ended(store, { result, state: 'noMachine', reason: 'Defender does not know it' });
    expect(await looking.look(id)).toMatchObject({
      view: { state: 'noMachine', reason: 'Defender does not know it', finishedAt: '2026-11-18T10:00:05.000Z' },
      result,
    });
    expect((await looking.look(id))?.view.nextTry).toBeUndefined();
  });

  it.each([
    ['as it came', id],
    ['without the letters in front', id.slice(2)],
    ['in capitals', id.toUpperCase()],
  ])('finds it by its id %s', async (_, spelling) => {
    const { looking } = await world(waitingAlert());
    expect((await looking.look(spelling))?.view.alertId).toBe(id);
  });

  it('finds nothing where there is no such alert', async () => {
    const { looking } = await world(waitingAlert());
    expect(await looking.look('da637472900382838869_2')).toBeUndefined();
  });

  it('tells which results are still on their way, and which were given up, and why', async () => {
    const { looking, store } = await world(waitingAlert());
    const refused = delivery({ channel: 'webhook', isGivenUp: true, tries: 9, reason: 'it answered 410' });
    await ended(store, { deliveries: [delivery({ tries: 1, reason: 'no such queue' }), refused] });
    const looked = await looking.look(id);
    expect(looked?.view.deliveries).toEqual([
      { channel: 'queue', sequence: 1, state: 'pending', tries: 1, nextTry, reason: 'no such queue' },
      { channel: 'webhook', sequence: 1, state: 'givenUp', tries: 9, reason: 'it answered 410' },
    ]);
  });

  it('keeps the result before while it is made anew', async () => {
    const { looking, store } = await world(waitingAlert());
    await ended(store, { result: '{"sequence":"0000000001"}' });
    await rewritten(store, { state: 'waiting', sequence: 2 });
    expect(await looking.look(id)).toMatchObject({
      view: { state: 'waiting', sequence: 2 },
      result: '{"sequence":"0000000001"}',
    });
    await ended(store, { result: '{"sequence":"0000000002"}' });
    expect((await looking.look(id))?.result).toBe('{"sequence":"0000000002"}');
  });
});

describe('waiting for the end of an alert', () => {
  it('ends within half a second of an end that comes in the first one', async () => {
    const { clock, looking, store } = await world(waitingAlert());
    const waiting = looking.untilFinal(id, 20_000);
    await clock.advance(700);
    await ended(store);
    let state: string | undefined;
    void waiting.then((looked) => {
      state = looked?.view.state;
    });
    await clock.advance(500);
    expect(state).toBe('enriched');
  });

  it('notices a later end after two seconds at most', async () => {
    const { clock, looking, store } = await world(waitingAlert());
    let state: string | undefined;
    void looking.untilFinal(id, 200_000).then((looked) => {
      state = looked?.view.state;
    });
    await clock.advance(100_000);
    await ended(store);
    expect(state).toBeUndefined();
    await clock.advance(2000);
    expect(state).toBe('enriched');
  });

  it('does not look more than a hundred or so times in 200 s', async () => {
    const { clock, looking, reads } = await world(waitingAlert());
    const waiting = looking.untilFinal(id, 200_000);
    await clock.advance(200_000);
    expect((await waiting)?.view.state).toBe('waiting');
    expect(reads()).toBeLessThan(110);
  });

  it('ends when the time is over, on the millisecond, and shows how it stands then', async () => {
    const { clock, looking, store } = await world(waitingAlert());
    let over = false;
    const waiting = looking.untilFinal(id, 1234).finally(() => {
      over = true;
    });
    await rewritten(store, { tries: 1 });
    await clock.advance(1233);
    expect(over).toBe(false);
    await clock.advance(1);
    expect(over).toBe(true);
    expect((await waiting)?.view).toMatchObject({ state: 'waiting', tries: 1 });
  });

  it.each([
    ['that has ended', true],
    ['that is not known', false],
  ])('does not wait for one %s', async (_, isKnown) => {
    const { looking, store } = await world(...(isKnown ? [waitingAlert()] : []));
    if (isKnown) await ended(store);
    const waiting = looking.untilFinal(id, 200_000);
    await settled();
    expect((await waiting)?.view.state).toBe(isKnown ? 'enriched' : undefined);
  });

  it('ends when the alert is gone', async () => {
    const { clock, looking, store } = await world(waitingAlert());
    const waiting = looking.untilFinal(id, 200_000);
    await clock.advance(10);
    await ended(store);
    for (let part = 0; part < store.parts; part += 1) await store.prune(part, Date.parse('2030-01-01'));
    await clock.advance(200);
    expect(await waiting).toBeUndefined();
  });

  it('fails where the store does', async () => {
    const clock = fakeClock();
    const store = { ...memoryAlertStore(), read: () => Promise.reject(new Error('down')) };
    await expect(createLooking({ store, clock }).untilFinal(id, 1000)).rejects.toThrow('down');
  });
});

describe('a list of alerts', () => {
  const others = [3, 1, 2].map((n) => waitingAlert({ key: `k${n}`, alertId: `K${n}`, due: due + n * 1000 }));

  it('is of those that wait, the next to be tried first', async () => {
    const { looking } = await world(...others);
    expect((await looking.list('waiting', 2)).alerts).toEqual([
      { alertId: 'K1', state: 'waiting', nextTry: '2026-11-18T10:00:21.000Z' },
      { alertId: 'K2', state: 'waiting', nextTry: '2026-11-18T10:00:22.000Z' },
    ]);
    expect(await looking.list('failed', 100)).toEqual({ alerts: [] });
  });

  it('is of those that failed', async () => {
    const { looking, store } = await world(...others);
    await ended(store, { key: 'k2', state: 'failed', reason: 'given up' });
    const failed = { alertId: 'K2', state: 'failed', nextTry: undefined };
    expect(await looking.list('failed', 100)).toEqual({ alerts: [failed] });
    expect((await looking.list('waiting', 100)).alerts).toHaveLength(2);
  });

  it('comes in pages, and says where the next one begins, if there is one', async () => {
    const { looking } = await world(...others);
    const first = await looking.list('waiting', 2);
    const second = await looking.list('waiting', 2, first.next);
    expect(second).toMatchObject({ alerts: [{ alertId: 'K3' }] });
    expect(second.next).toBeUndefined();
    expect((await looking.list('waiting', 3)).next).toBeUndefined();
  });
});
