import { createRunning } from '../../src/operations/running/createRunning.ts';
import { createEnding } from '../../src/operations/running/ending.ts';
import type { Tried } from '../../src/operations/running/reply.ts';
import { memoryOperationStore } from '../../src/operations/store/memoryOperationStore.ts';
import { memoryBodies } from '../../src/storage/memoryBodies.ts';
import { memoryQueue } from '../../src/storage/memoryQueue.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { recordedLog } from '../support/recordedLog.ts';
import { ended, hour, idAt, waiting } from './support/operations.ts';
import { answered } from './support/operationWorld.ts';

const reply = (body: string) => ({ status: 200, headers: {}, body: new TextEncoder().encode(body) });

const createWorker = (ask: () => Promise<Tried>) => {
  const clock = fakeClock();
  const [store, bodies, queue, log] = [memoryOperationStore(), memoryBodies(), memoryQueue(), recordedLog()];
  const common = { store, bodies, queue, retentionMs: hour, clock, log };
  const asked = waiting(1, { deadline: clock.wall() + hour });
  const running = createRunning({ ...common, ask, random: () => 0 });
  const run = async () => running.run({ id: asked.id, ticket: store.operations()[0]?.ticket ?? 0 });
  return { ...common, asked, run };
};

describe('an operation that is run', () => {
  it('is left as it is where whoever is late meets a fault', async () => {
    const { store, queue, log, asked, run } = createWorker(async () => {
      const found = await store.read(asked.id);
      await store.save(ended(asked, 9e15), found?.version ?? '');
      throw new Error('broken');
    });
    await store.create(asked);
    await run();
    expect(store.operations()).toEqual([ended(asked, 9e15)]);
    expect([queue.messages, log.lines]).toEqual([[], []]);
  });

  it('is asked three times that end with 500, whatever else it was refused with between them', async () => {
    const replies = [503, 429, 503, 500, 504, 500, 502, 503, 500, 200];
    const { store, asked, run } = createWorker(async () => answered(replies.shift() ?? 0));
    await store.create(asked);
    while (store.operations()[0]?.state === 'waiting') await run();
    expect(store.operations()).toMatchObject([{ state: 'done', answer: { status: 500 } }]);
    expect(replies).toEqual([200]);
  });
});

describe('two who end one operation with long bodies', () => {
  it('leave none that its record does not name', async () => {
    const store = memoryOperationStore();
    const bodies = memoryBodies();
    await store.create(waiting(1));
    const rivals: Promise<void>[] = [];
    let goOn = () => {};
    const firstIsThrough = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const late = { put: (name: string, text: string) => firstIsThrough.then(() => bodies.put(name, text)) };
    const common = { store, retentionMs: hour, clock: { wall: () => 5000 } };
    const endLate = createEnding({ ...common, bodies: late });
    const end = createEnding({
      ...common,
      bodies: {
        async put(name, text) {
          await bodies.put(name, text);
          rivals.push(endLate(idAt(1), 'done', reply('b'.repeat(150_000))));
          while (store.operations()[0]?.bodies.at(-1) === name) await new Promise(setImmediate);
        },
      },
    });
    await end(idAt(1), 'done', reply('a'.repeat(150_000)));
    goOn();
    await Promise.all(rivals);
    expect(bodies.names()).toHaveLength(2);
    expect([...(store.operations()[0]?.bodies ?? [])].sort()).toEqual([...bodies.names()].sort());
  });
});
