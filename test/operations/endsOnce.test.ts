import * as fc from 'fast-check';
import type { Operation } from '../../src/operations/operation.ts';
import type { Tried } from '../../src/operations/running/reply.ts';
import { minute } from './support/operations.ts';
import { answered, createOperationWorld, type Mishap, retentionMs } from './support/operationWorld.ts';

const mishaps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Mishap>('none') },
    { weight: 2, arbitrary: fc.constantFrom<Mishap>('faultBefore', 'faultAfter', 'deathBefore', 'deathAfter') },
  ),
  { maxLength: 200 },
);

const moods = ['well', 'throttled', 'late', 'down', 'busy', 'fault', 'thrown'] as const;
type Mood = (typeof moods)[number];

/** Some bodies are too long for a record. */
const bodyFor = (operation: Operation, asked: number): string =>
  JSON.stringify([operation.request.url, asked, operation.request.url.endsWith('1') ? 'x'.repeat(150_000) : '']);

const moody =
  (planned: readonly Mood[]) =>
  (operation: Operation, asked: number): Tried => {
    switch (planned[asked] ?? 'well') {
      case 'well':
        return answered(200, bodyFor(operation, asked), { 'content-type': 'application/json' });
      case 'throttled':
        return answered(429, '{}', { 'retry-after': '40' });
      case 'late':
        return answered(504);
      case 'down':
        return answered(503, '{}', { 'retry-after': '5' });
      case 'busy':
        return { kind: 'busy' };
      case 'fault':
        return answered(500);
      case 'thrown':
        throw new Error('nobody knows');
    }
  };

describe('operations that were accepted', () => {
  it('each end in one answer, which stays the same until it expires and leaves nothing behind, whatever dies in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        mishaps,
        fc.array(fc.constantFrom(...moods), { maxLength: 20 }),
        async (count, planned, planMoods) => {
          let isCalm = false;
          const world = createOperationWorld({
            ask: moody(planMoods),
            mishapAt: (step) => (isCalm ? 'none' : (planned[step] ?? 'none')),
          });
          const accepted: Operation[] = [];
          for (let at = 0; at < count; at += 1) {
            const operation = await world.park(`owner${at}`, {
              url: `https://gateway.example/api/machines?$skip=${at}`,
            });
            if (operation) accepted.push(operation);
          }
          expect(await world.untilRest()).toBeDefined();
          isCalm = true;
          expect(world.rewritten).toEqual([]);
          for (const { id, caller, request } of accepted) {
            const looked = await world.look(id, caller.owner);
            if (looked?.kind !== 'ended') throw new Error(`${id} has no answer`);
            const { state, answer } = looked.operation;
            expect(state === 'failed' ? answer.status : [200, 500]).toEqual(state === 'failed' ? 504 : [200, 500]);
            if (answer.status === 200) expect(JSON.parse(Buffer.from(looked.body).toString())[0]).toBe(request.url);
            expect(await world.look(id, 'somebody else')).toBeUndefined();
            // Messages that are left do nothing any more, and sweeping leaves it alone.
            world.pass(20 * minute);
            await world.work();
            await world.sweep();
            const again = await world.look(id, caller.owner);
            if (again?.kind !== 'ended') throw new Error(`${id} has lost its answer`);
            expect(again.operation).toEqual(looked.operation);
            expect(Buffer.compare(again.body, looked.body)).toBe(0);
          }
          world.pass(retentionMs + 1);
          for (const { id, caller } of accepted) expect(await world.look(id, caller.owner)).toBeUndefined();
          await world.sweep();
          expect(world.store.operations()).toEqual([]);
          expect(world.bodies.names()).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('end by themselves, without a sweep, where no process dies and storage answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...moods), { maxLength: 12 }), async (planMoods) => {
        const world = createOperationWorld({ ask: moody(planMoods), isSwept: false });
        const operation = await world.park();
        expect(await world.untilRest(70)).toBeDefined();
        expect(await world.look(operation?.id ?? '')).toMatchObject({ kind: 'ended' });
      }),
      { numRuns: 200 },
    );
  });

  it('end though every message is lost', async () => {
    const world = createOperationWorld({ ask: moody([]) });
    await world.park();
    world.toRun.lose();
    const minutes = await world.untilRest();
    expect(minutes).toBeGreaterThanOrEqual(5);
    expect(minutes).toBeLessThanOrEqual(9);
    expect(world.store.operations()).toMatchObject([{ state: 'done', answer: { status: 200 } }]);
  });

  it('fail with 504 that says why where whoever runs them dies each time', async () => {
    const world = createOperationWorld({
      ask: moody([]),
      mishapAt: (_, verb) => (verb === 'ask' ? 'deathBefore' : 'none'),
    });
    const operation = await world.park();
    expect(await world.untilRest()).toBeLessThanOrEqual(200);
    const looked = await world.look(operation?.id ?? '');
    if (looked?.kind !== 'ended') throw new Error('it has not ended');
    expect(looked.operation).toMatchObject({ state: 'failed', answer: { status: 504 } });
    expect(JSON.parse(Buffer.from(looked.body).toString())).toMatchObject({
      error: { code: 'GatewayTimeout', message: expect.stringContaining('within its 60 minutes'), target: 'r-1' },
    });
  });

  it('leave no record where no message could be sent, and are not accepted', async () => {
    const world = createOperationWorld({
      ask: moody([]),
      mishapAt: (_, verb) => (verb === 'send' ? 'faultBefore' : 'none'),
    });
    expect(await world.park()).toBeUndefined();
    expect(world.store.operations()).toEqual([]);
  });
});
