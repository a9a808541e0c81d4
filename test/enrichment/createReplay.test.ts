import { createReplay } from '../../src/enrichment/createReplay.ts';
import { restarted } from '../../src/enrichment/restart.ts';
import { rewritten } from '../../src/enrichment/rewritten.ts';
import { memoryAlertStore } from '../../src/enrichment/store/memoryAlertStore.ts';
import { memoryQueue } from '../../src/storage/memoryQueue.ts';
import { Overtaken } from '../../src/storage/overtaken.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { key, messageOf, recordOf } from './enriching/support/enrichable.ts';
import { machineIdAt } from './support/references.ts';

const ended = recordOf({
  state: 'failed',
  tries: 12,
  strays: 3,
  reason: 'after 12 tries',
  finishedAt: '2026-11-21T10:00:00.000Z',
});

const replaying = async (record = recordOf()) => {
  const [store, queue, clock] = [memoryAlertStore(), memoryQueue(), fakeClock()];
  await store.create([{ record, original: '{}' }]);
  return { store, queue, clock, replay: createReplay({ store, queue, clock }) };
};

describe('replaying an alert', () => {
  it('has one that ended begin anew, at once, with the next number and nothing of what it was', async () => {
    const { store, queue, clock, replay } = await replaying(ended);
    expect(await replay.replay(key)).toBe('replayed');
    expect(queue.messages).toEqual([messageOf(4, 0)]);
    expect(store.records()).toEqual([recordOf({ sequence: 2, ticket: 4, due: clock.wall(), calls: 0 })]);
  });

  it('has one that waits tried now, by a message of the ticket that it has', async () => {
    const { store, queue, clock, replay } = await replaying(recordOf({ due: 1_900_000_000_000, tries: 2 }));
    expect(await replay.replay(key)).toBe('hurried');
    expect(queue.messages).toEqual([messageOf(3, 0)]);
    expect(store.records()).toEqual([recordOf({ due: clock.wall(), tries: 2 })]);
  });

  it('knows no other', async () => {
    const { queue, replay } = await replaying();
    expect(await replay.replay('another')).toBeUndefined();
    expect(queue.messages).toEqual([]);
  });
});

describe('an alert that begins anew', () => {
  it('keeps what is known of it, and counts from the beginning', () => {
    const record = restarted({ ...ended, machineIds: [machineIdAt(1)] }, 77);
    expect(record).toEqual({
      ...recordOf({ machineIds: [machineIdAt(1)] }),
      sequence: 2,
      ticket: 4,
      due: 77,
      tries: 0,
      strays: 0,
      calls: 0,
      reason: undefined,
      finishedAt: undefined,
    });
  });
});

describe('rewriting a record', () => {
  const overtaken = async (times: number) => {
    const { store } = await replaying();
    let writes = 0;
    const save: typeof store.save = async (record, version) => {
      writes += 1;
      if (writes <= times) {
        const rival = await store.read(key);
        if (rival) await store.save({ ...rival.value, strays: rival.value.strays + 1 }, rival.version);
      }
      return store.save(record, version);
    };
    const change = () => rewritten({ ...store, save }, key, (record) => ({ ...record, tries: record.tries + 1 }));
    return { store, change, writes: () => writes };
  };

  it('changes what stands there, whoever wrote meanwhile', async () => {
    const { store, change } = await overtaken(19);
    expect((await change())?.value).toMatchObject({ tries: 1, strays: 19 });
    expect(store.records()).toMatchObject([{ tries: 1, strays: 19 }]);
  });

  it('ends after twenty rivals', async () => {
    const { change, writes } = await overtaken(20);
    await expect(change()).rejects.toThrow(Overtaken);
    expect(writes()).toBe(20);
  });

  it('writes nothing where nothing changes, and fails at once at another fault', async () => {
    const { store } = await replaying();
    let writes = 0;
    const save = async () => Promise.reject(new Error(`fault ${++writes}`));
    expect((await rewritten({ ...store, save }, key, (record) => record))?.value).toEqual(recordOf());
    await expect(rewritten({ ...store, save }, key, (record) => ({ ...record }))).rejects.toThrow('fault 1');
  });
});
