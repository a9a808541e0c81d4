import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { Overtaken } from '../../../src/storage/overtaken.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { alertIdAt, machineIdAt } from '../support/references.ts';
import {
  absent,
  alertId,
  enrichable,
  found,
  key,
  messageOf,
  recordOf,
  throttled,
  unavailable,
} from './support/enrichable.ts';

const fault = async () => Promise.reject(new Error('the blob is gone'));

describe('an alert that is due', () => {
  it('ends with its machine, and costs what its calls cost', async () => {
    const alert = await enrichable();
    await alert.enrich();
    expect(alert.record()).toEqual({
      ...recordOf(),
      state: 'enriched',
      machineIds: [machineIdAt(1)],
      calls: 5,
      finishedAt: new Date(alert.clock.wall()).toISOString(),
    });
    expect(alert.messages).toEqual([]);
    expect(alert.delivered).toMatchObject([{ channel: 'queue' }, { channel: 'webhook' }]);
  });

  it('is not asked for by a message with an older ticket, nor when it has ended', async () => {
    const waiting = await enrichable();
    await waiting.enrich(2);
    expect([waiting.asked, waiting.messages, waiting.record()]).toEqual([[], [], recordOf()]);
    const ended = await enrichable({ record: { state: 'noMachine' } });
    await ended.enrich(3);
    expect([ended.asked, ended.messages]).toEqual([[], []]);
    await waiting.enriching.enrich({ alerts: [{ key: 'unknown', ticket: 9 }] });
    expect(waiting.messages).toEqual([]);
  });

  it('is enriched by a message with a newer ticket, whose record was not written', async () => {
    const alert = await enrichable();
    await alert.enrich(4);
    expect(alert.record()?.state).toBe('enriched');
  });
});

describe('an alert that is put back', () => {
  it('comes again exactly when the quota says, and that was no try', async () => {
    const alert = await enrichable({ answers: [throttled(37)] });
    await alert.enrich();
    expect(alert.messages).toEqual([messageOf(4, 37)]);
    expect(alert.record()).toEqual({
      ...recordOf(),
      ticket: 4,
      due: alert.later(37),
      reason: 'it waits for the quota: spent',
    });
  });

  it('comes again after the back-off, with one more try and its calls, until it has failed', async () => {
    const alert = await enrichable({ answers: [unavailable] });
    // 15 s and a tenth, for a random number of a half; then twice as long each time, half an hour at most.
    const delays = [17, 33, 66, 132, 264, 528, 1056, 1980, 1980, 1980, 1980];
    const dues = [16.5, 33, 66, 132, 264, 528, 1056, 1980, 1980, 1980, 1980];
    for (const [at, seconds] of delays.entries()) {
      await alert.enrich(3 + at);
      expect(alert.messages[at]).toEqual(messageOf(4 + at, seconds));
      expect(alert.record()).toMatchObject({
        ticket: 4 + at,
        tries: at + 1,
        due: alert.later(dues[at] ?? 0),
        calls: 5 + at,
        reason: 'Defender answered 503',
      });
    }
    await alert.enrich(14);
    expect(alert.messages).toHaveLength(11);
    expect(alert.record()).toMatchObject({
      state: 'failed',
      reason: 'after 12 tries: Defender answered 503',
      calls: 16,
    });
  });

  it('is looked at in both spellings again where the quota ended the first look between them', async () => {
    const receivedAt = new Date(fakeClock().wall()).toISOString();
    const answers = [absent, throttled(40), absent];
    const young = await enrichable({ answers, record: { raisedAt: undefined, receivedAt, calls: 0 } });
    await young.enrich();
    expect(young.asked).toEqual([alertId, alertId.slice(2)]);
    await young.enrich(4);
    expect(young.asked.slice(2)).toEqual([alertId, alertId.slice(2)]);
    await young.enrich(5);
    expect(young.asked.slice(4)).toEqual([alertId]);
  });

  it('comes again when it is twice as old, where Defender does not know it yet', async () => {
    const receivedAt = new Date(fakeClock().wall() - 100_000).toISOString();
    const young = await enrichable({ answers: [absent], record: { raisedAt: undefined, receivedAt, calls: 0 } });
    await young.enrich();
    expect(young.asked).toEqual([alertId, alertId.slice(2)]);
    expect(young.messages).toEqual([messageOf(4, 100)]);
    expect(young.record()).toMatchObject({ tries: 0, calls: 2, due: young.later(100) });
    await young.enrich(4);
    expect(young.asked.slice(2)).toEqual([alertId]);
    await young.clock.advance(3_600_000);
    await young.enrich(5);
    expect(young.asked.slice(3)).toEqual([alertId, alertId.slice(2)]);
    expect(young.record()).toMatchObject({ state: 'noMachine', calls: 5 });
  });

  it('comes with others of the same instant spread behind them, where each costs a call', async () => {
    const alert = await enrichable({ answers: [throttled(60)] });
    const others = Array.from({ length: 40 }, (_, at) => recordOf({ key: `k${at}`, alertId: alertIdAt(at) }));
    await alert.store.create(others.map((record) => ({ record, original: '{}' })));
    await alert.enriching.enrich({ alerts: others.map(({ ticket, ...record }) => ({ key: record.key, ticket })) });
    const delays = alert.messages.map(({ delaySeconds }) => delaySeconds).sort((a, b) => a - b);
    expect(delays).toEqual([...Array.from({ length: 33 }, () => 60), 61, 62, 62, 63, 63, 64, 65]);
    for (const { due } of alert.store.records().slice(1)) expect(due).toBeGreaterThanOrEqual(alert.later(60));
  });

  it('comes together with the others, where all name their machines', async () => {
    const alert = await enrichable({ answers: [throttled(60)] });
    const machineIds = [machineIdAt(1)];
    const others = Array.from({ length: 40 }, (_, at) => recordOf({ key: `k${at}`, machineIds }));
    await alert.store.create(others.map((record) => ({ record, original: '{}' })));
    await alert.enriching.enrich({ alerts: others.map(({ ticket, ...record }) => ({ key: record.key, ticket })) });
    expect(new Set(alert.messages.map(({ delaySeconds }) => delaySeconds))).toEqual(new Set([60]));
  });

  it('is left to its message, where its record is not written', async () => {
    const alert = await enrichable({ answers: [throttled(37)], store: { save: fault } });
    await alert.enrich();
    expect(alert.messages).toEqual([messageOf(4, 37)]);
    expect(alert.log.lines).toMatchObject([{ level: 'warn', message: 'An alert that was put back was not written' }]);
  });
});

describe('an alert that meets a fault', () => {
  const sourceThatFails = { byId: fault, ofAlert: fault };

  it('has been tried in vain: its record says so, and it comes again after the back-off', async () => {
    const alert = await enrichable({ source: sourceThatFails });
    await alert.enrich();
    expect(alert.messages).toEqual([messageOf(4, 17)]);
    expect(alert.record()).toEqual({
      ...recordOf(),
      ticket: 4,
      tries: 1,
      due: alert.later(16.5),
      reason: 'the gateway met a fault: the blob is gone',
    });
  });

  it('ends, however long the fault lasts', async () => {
    const alert = await enrichable({ source: sourceThatFails });
    for (let ticket = 3; ticket < 15; ticket += 1) await alert.enrich(ticket);
    expect(alert.messages).toHaveLength(11);
    expect(alert.record()).toMatchObject({
      state: 'failed',
      reason: 'after 12 tries: the gateway met a fault: the blob is gone',
    });
    expect((await alert.event())?.data).toMatchObject({ state: 'failed', alert: { alertId, title: 'An alert' } });
  });

  it('ends with its machine at the last try, where what it came as is gone for good, and says so', async () => {
    const alert = await enrichable({ store: { original: fault } });
    for (let ticket = 3; ticket < 14; ticket += 1) await alert.enrich(ticket);
    expect(alert.record()).toMatchObject({ state: 'waiting', tries: 11, calls: 15 });
    await alert.enrich(14);
    const reason = "what it came as can't be read: the blob is gone";
    expect(alert.record()).toMatchObject({ state: 'enriched', reason, calls: 16 });
    expect((await alert.event())?.data).toMatchObject({ alert: null, reason, machines: [{ by: 'alertId' }] });
  });

  it('fails where its result is refused, and is tried ever more seldom where that is refused, too', async () => {
    const store = memoryAlertStore();
    await store.create([{ record: recordOf({ tries: 11 }), original: '{}' }]);
    const notEnriched = await enrichable({
      store: {
        ...store,
        save: async (record, ...rest) => (record.state === 'enriched' ? fault() : store.save(record, ...rest)),
      },
    });
    await notEnriched.enrich();
    expect(store.records()).toMatchObject([{ state: 'failed', reason: expect.stringContaining('the blob is gone') }]);
    const never = await enrichable({
      record: { tries: 11 },
      store: { save: fault },
    });
    await never.enrich();
    expect(never.messages).toEqual([messageOf(4, 1980)]);
  });

  it('is put back with the same ticket where its record is not read, and others of its message are not', async () => {
    const other = recordOf({ key: 'other' });
    const store = memoryAlertStore();
    await store.create([{ record: other, original: '{}' }]);
    const alert = await enrichable({
      store: { ...store, read: async (of) => (of === 'other' ? store.read(of) : fault()) },
    });
    const [first, second] = [
      { key, ticket: 3 },
      { key: 'another', ticket: 7 },
    ];
    await alert.enriching.enrich({ alerts: [first, { key: 'other', ticket: 3 }, second] });
    expect(alert.messages).toEqual([{ text: JSON.stringify({ alerts: [first, second] }), delaySeconds: 20 }]);
    expect(store.records()).toMatchObject([{ state: 'enriched' }]);
  });

  it('comes again as the host says, where the queue takes nothing', async () => {
    const alert = await enrichable({ answers: [throttled(9)], queue: { send: fault } });
    await expect(alert.enrich()).rejects.toThrow('the blob is gone');
    expect(alert.record()).toEqual(recordOf());
  });
});

describe('an alert that is written to while it is enriched', () => {
  it('is looked at again, and ends with the machine that was named meanwhile', async () => {
    const store = memoryAlertStore();
    await store.create([{ record: recordOf(), original: '{}' }]);
    const asked: string[] = [];
    const alert = await enrichable({
      store,
      source: {
        async byId(id) {
          asked.push(id);
          return found;
        },
        async ofAlert(id) {
          asked.push(id);
          const read = await store.read(key);
          await store.save(recordOf({ machineIds: [machineIdAt(1)] }), read?.version ?? '');
          return found;
        },
      },
    });
    await alert.enrich();
    expect(asked).toEqual([alertId, machineIdAt(1)]);
    expect(store.records()).toMatchObject([{ state: 'enriched', tries: 0 }]);
    expect([alert.messages, alert.log.lines]).toEqual([[], []]);
  });

  it('is put back with the same ticket, where others write all the time', async () => {
    let reads = 0;
    const store = memoryAlertStore();
    await store.create([{ record: recordOf(), original: '{}' }]);
    const alert = await enrichable({
      store: {
        ...store,
        async read(of) {
          reads += 1;
          return store.read(of);
        },
        save: async () => Promise.reject(new Overtaken('by somebody')),
      },
    });
    await alert.enrich();
    expect(reads).toBe(10);
    expect(alert.messages).toEqual([messageOf(3, 20)]);
  });

  it('is put back by whoever wrote it, and by nobody else', async () => {
    const alert = await enrichable({
      answers: [throttled(37)],
      store: { save: async () => Promise.reject(new Overtaken('by somebody')) },
    });
    await alert.enrich();
    expect(alert.messages).toEqual([messageOf(4, 37)]);
    expect(alert.log.lines).toEqual([]);
  });
});
