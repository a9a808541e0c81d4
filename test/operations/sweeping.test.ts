import * as fc from 'fast-check';
import { minute } from './support/operations.ts';
import { answered, createOperationWorld, type Mishap, retentionMs } from './support/operationWorld.ts';

const long = JSON.stringify('x'.repeat(150_000));

describe('the sweep of operations', () => {
  it('sends one more message, of the same ticket, for what is five minutes overdue, and not again before that', async () => {
    const world = createOperationWorld({ ask: () => answered(200) });
    const operation = await world.park();
    world.toRun.lose();
    world.pass(5 * minute - 1000);
    await world.sweep();
    expect(world.toRun.texts()).toEqual([]);
    world.pass(2000);
    await world.sweep();
    await world.sweep();
    expect(world.toRun.texts().map((text) => JSON.parse(text))).toEqual([{ id: operation?.id, ticket: 1 }]);
  });

  it('leaves alone what waits for its time', async () => {
    const world = createOperationWorld({ ask: () => answered(200) });
    await world.park('a', {}, 1800);
    world.pass(34 * minute);
    await world.sweep();
    expect(world.toRun.texts()).toHaveLength(1);
    world.pass(2 * minute);
    await world.sweep();
    expect(world.toRun.texts()).toHaveLength(2);
  });

  it('sends none for what somebody put back since it was listed', async () => {
    const world = createOperationWorld({ ask: () => answered(200) });
    const operation = await world.park();
    const listed = world.store.list;
    world.store.list = async () => [operation?.id ?? ''];
    await world.sweep();
    world.store.list = listed;
    expect(world.toRun.texts()).toHaveLength(1);
  });

  it('ends what has no message and no time left', async () => {
    const world = createOperationWorld({ ask: () => answered(200) });
    const operation = await world.park();
    world.toRun.lose();
    world.pass(65 * minute + 1000);
    await world.sweep();
    expect(await world.look(operation?.id ?? '')).toMatchObject({
      kind: 'ended',
      operation: { state: 'failed', answer: { status: 504 } },
    });
  });

  it('has an operation go on whose message was given up twice, and lets it fail the third time', async () => {
    const world = createOperationWorld({ ask: () => answered(200) });
    const operation = await world.park();
    const id = operation?.id ?? '';
    const giveUp = async (ticket: number) => {
      world.toRun.lose();
      for (let taken = 0; taken < 6; taken += 1) {
        if (taken === 0) await world.toRun.queue.send(JSON.stringify({ id, ticket }));
        for (const message of world.toRun.take(1, 1000)) message.giveBack();
      }
      await world.sweep();
    };
    await giveUp(1);
    expect(world.store.operations()).toMatchObject([{ state: 'waiting', strays: 1, ticket: 2 }]);
    await giveUp(1);
    expect(world.store.operations()).toMatchObject([{ state: 'waiting', strays: 1, ticket: 2 }]);
    await giveUp(2);
    await giveUp(3);
    expect(world.store.operations()).toMatchObject([{ state: 'failed', strays: 2 }]);
  });

  it('takes a message that names nothing out of the way', async () => {
    const world = createOperationWorld({ ask: () => answered(200) });
    await world.toRun.queue.send('nonsense');
    for (let taken = 0; taken < 6; taken += 1) for (const message of world.toRun.take(1, 1000)) message.giveBack();
    await world.sweep();
    expect(await world.toRun.poison.length()).toBe(0);
  });

  it('removes an answer when it has expired, and its body before the record that names it, whatever fails in between', async () => {
    const fault = fc.constantFrom<Mishap>('none', 'none', 'faultBefore', 'faultAfter', 'deathBefore', 'deathAfter');
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 30 }), async (planned) => {
        let began = Number.POSITIVE_INFINITY;
        const world = createOperationWorld({
          ask: () => answered(200, long),
          mishapAt: (step) => {
            if (began === Number.POSITIVE_INFINITY) return 'none';
            if (began < 0) began = step;
            return planned[step - began] ?? 'none';
          },
        });
        await world.park();
        await world.work();
        expect(world.bodies.names()).toHaveLength(1);
        world.pass(retentionMs - 1000);
        await world.sweep();
        expect(world.store.operations()).toHaveLength(1);
        world.pass(2000);
        began = -1;
        for (let sweeps = 0; sweeps < 40; sweeps += 1) {
          await world.sweep();
          const named = world.store.operations().flatMap(({ bodies }) => bodies);
          expect(named).toEqual(expect.arrayContaining([...world.bodies.names()]));
        }
        expect([world.store.operations(), world.bodies.names()]).toEqual([[], []]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('two who run the same operation at once', () => {
  it('write one answer, and leave no body that no record names', async () => {
    const mishaps = fc.array(fc.constantFrom<Mishap>('none', 'none', 'none', 'faultBefore', 'deathAfter'), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(mishaps, fc.integer({ min: 2, max: 3 }), async (planned, workers) => {
        const world = createOperationWorld({
          ask: (_, asked) => answered(200, `[${asked},${long}]`),
          mishapAt: (step, verb) => (/^(?:count|create|send)$/.test(verb) ? 'none' : (planned[step] ?? 'none')),
        });
        const operation = await world.park();
        for (let more = 1; more < workers; more += 1) {
          await world.toRun.queue.send(JSON.stringify({ id: operation?.id, ticket: 1 }));
        }
        await world.work();
        const named = () => world.store.operations().flatMap(({ bodies }) => bodies);
        expect(named()).toEqual(expect.arrayContaining([...world.bodies.names()]));
        expect(await world.untilRest()).toBeDefined();
        expect(named()).toEqual(expect.arrayContaining([...world.bodies.names()]));
        expect(world.store.operations()).toMatchObject([{ state: 'done', answer: { status: 200 } }]);
        expect(world.rewritten).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
