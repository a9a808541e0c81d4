import { createIntake } from '../../../src/enrichment/accepting/createIntake.ts';
import { alertKeyOf } from '../../../src/enrichment/alertId.ts';
import type { AlertRecord } from '../../../src/enrichment/record.ts';
import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { memoryQueue } from '../../../src/storage/memoryQueue.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { alertIdAt, machineIdAt, referenceTo } from '../support/references.ts';

const clock = fakeClock();
const id = alertIdAt(1);
const key = alertKeyOf(id);

const prepared = () => {
  const store = memoryAlertStore();
  const queue = memoryQueue();
  const ended = async (end: Partial<AlertRecord>) => {
    const found = await store.read(key);
    if (!found) throw new Error('there is no such alert');
    await store.save({ ...found.value, ...end }, found.version);
  };
  return { store, queue, ended, intake: createIntake({ store, queue, clock }) };
};

const sent = (queue: ReturnType<typeof memoryQueue>) => queue.texts.map((text) => JSON.parse(text).alerts);

describe('the intake of alerts', () => {
  it('records an alert, and queues it', async () => {
    const { store, queue, intake } = prepared();
    const accepted = await intake.accept([referenceTo(id, { machineIds: [machineIdAt(7)] })]);
    expect(accepted).toEqual([{ alertId: id, key, kind: 'new' }]);
    expect(store.records()).toMatchObject([
      { key, alertId: id, state: 'waiting', machineIds: [machineIdAt(7)], product: 'defender', sequence: 1, ticket: 1 },
    ]);
    expect(store.records()[0]?.raisedAt).toBe('2021-01-26T20:33:58.283Z');
    expect(sent(queue)).toEqual([[{ key, ticket: 1 }]]);
  });

  it('takes both spellings of an alert, from two feeds, for one, with the machines of both', async () => {
    const { store, queue, intake } = prepared();
    const accepted = await intake.accept([
      referenceTo(id, { machineIds: [machineIdAt(7)] }),
      referenceTo(id.slice(2), { machineIds: [machineIdAt(8)], source: 'sentinelAlert' }),
    ]);
    expect(accepted).toEqual([{ alertId: id, key, kind: 'new' }]);
    expect(store.records()).toMatchObject([
      { machineIds: [machineIdAt(7), machineIdAt(8)], sources: ['plain', 'sentinelAlert'] },
    ]);
    expect(sent(queue)).toEqual([[{ key, ticket: 1 }]]);
  });

  it('sends thirty alerts in a message, so that their machines are asked for together', async () => {
    const { queue, intake } = prepared();
    await intake.accept(Array.from({ length: 65 }, (_, index) => referenceTo(alertIdAt(index))));
    expect(sent(queue).map((alerts) => alerts.length)).toEqual([30, 30, 5]);
  });

  it('does not queue again what waits, but keeps what else is said of it', async () => {
    const { store, queue, intake } = prepared();
    await intake.accept([referenceTo(id)]);
    const accepted = await intake.accept([referenceTo(id, { machineIds: [machineIdAt(9)] })]);
    expect(accepted).toMatchObject([{ kind: 'known' }]);
    expect(store.records()).toMatchObject([{ machineIds: [machineIdAt(9)], ticket: 1 }]);
    expect(queue.texts).toHaveLength(1);
  });

  it('queues once more what should have gone some seconds ago, for its message may never have been sent', async () => {
    const { store, queue, intake } = prepared();
    await intake.accept([referenceTo(id)]);
    await clock.advance(5000);
    expect(await intake.accept([referenceTo(id), referenceTo(id.slice(2))])).toMatchObject([{ kind: 'known' }]);
    expect(await intake.accept([referenceTo(id)])).toMatchObject([{ kind: 'known' }]);
    expect(sent(queue)).toEqual([[{ key, ticket: 1 }], [{ key, ticket: 1 }]]);
    expect(store.records()).toMatchObject([{ due: clock.wall(), ticket: 1 }]);
  });

  it('leaves alone what has ended, when nothing new is said of it', async () => {
    const { store, queue, intake, ended } = prepared();
    await intake.accept([referenceTo(id, { machineIds: [machineIdAt(7)] })]);
    await ended({ state: 'enriched' });
    const accepted = await intake.accept([referenceTo(id, { machineIds: [machineIdAt(7)] })]);
    expect(accepted).toMatchObject([{ kind: 'known' }]);
    expect(store.records()).toMatchObject([{ state: 'enriched', sequence: 1 }]);
    expect(queue.texts).toHaveLength(1);
  });

  it('begins anew what has ended when another machine of it is named', async () => {
    const { store, queue, intake, ended } = prepared();
    await intake.accept([referenceTo(id, { machineIds: [machineIdAt(7)] })]);
    await ended({ state: 'enriched' });
    const accepted = await intake.accept([referenceTo(id, { machineIds: [machineIdAt(8)] })]);
    expect(accepted).toMatchObject([{ kind: 'reopened' }]);
    expect(store.records()).toMatchObject([
      { state: 'waiting', sequence: 2, ticket: 2, machineIds: [machineIdAt(7), machineIdAt(8)] },
    ]);
    expect(sent(queue).at(-1)).toEqual([{ key, ticket: 2 }]);
  });

  it("asks Defender after all for what one feed took for another product's, and a second one knows as Defender's", async () => {
    const { store, intake, ended } = prepared();
    await intake.accept([referenceTo(id, { product: 'other' })]);
    await ended({ state: 'notDefender' });
    expect(await intake.accept([referenceTo(id)])).toMatchObject([{ kind: 'reopened' }]);
    expect(store.records()).toMatchObject([{ state: 'waiting', product: 'defender' }]);
  });

  it('believes the letters in front of an id, whatever else is said, and in whichever order', async () => {
    const guid = '0f8fad5b-d9cb-469f-a165-70867728950e';
    for (const ids of [
      [guid, `ra${guid}`],
      [`ra${guid}`, guid],
    ]) {
      const { store, intake } = prepared();
      for (const each of [...ids, guid]) await intake.accept([referenceTo(each)]);
      expect(store.records()).toMatchObject([{ key: guid, alertId: `ra${guid}`, product: 'other' }]);
    }
  });

  it('leaves what failed to be replayed by people', async () => {
    const { intake, ended } = prepared();
    await intake.accept([referenceTo(id)]);
    await ended({ state: 'failed' });
    expect(await intake.accept([referenceTo(id)])).toMatchObject([{ kind: 'known' }]);
  });
});
