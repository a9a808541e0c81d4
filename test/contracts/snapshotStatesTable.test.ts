import { readSettings } from '../../src/settings.ts';
import { lastFence } from '../../src/snapshots/stateStore.ts';
import { tableStates } from '../../src/snapshots/store/tableStates.ts';
import { createTally } from '../../src/snapshots/store/tally.ts';
import { Overtaken } from '../../src/storage/overtaken.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { batch, changeOf, chunk, head, only, runs } from '../snapshots/store/support/batches.ts';
import { hasty, isLost, isReset, isTurnedAway, wire } from '../snapshots/store/support/wire.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';

const partition = "tenant's/|app";
const tally = createTally();
let azurite: Azurite;
let tables = 0;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const client = (name: string, connection = azurite.connectionString) =>
  tableClient(readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: connection }), name);

describe('the store of states, in Table storage', () => {
  it('takes one transaction for a batch, each bucket, a chunk, changes; two to forget', async () => {
    const counted = createTally();
    const states = tableStates(client(`states${++tables}`), { partition, tally: counted });
    const costOf = async (act: () => Promise<unknown>) => {
      const before = counted.tables;
      await act();
      return counted.tables - before;
    };
    const version = await states.write(0, batch({ put: [chunk('d', 'd')] }));
    const full = { put: [chunk('b', 'a'), chunk(lastFence, 'c')], remove: ['d'], changes: [changeOf('a', runs[0])] };
    expect(await costOf(() => states.write(1, batch({ put: full.put })))).toBe(1);
    expect(await costOf(() => states.write(0, batch({ version, ...full })))).toBe(1);
    expect(await costOf(() => states.read(0, 1))).toBe(1);
    expect(await costOf(() => states.read(0, 64))).toBe(64);
    expect(await costOf(() => states.chunkOf(0, 'a'))).toBe(1);
    expect(await costOf(() => states.changes(0, {}))).toBe(1);
    expect(await costOf(() => states.forget(0, runs[0]))).toBe(2);
    expect(counted.staging).toBe(0);
  });

  it('reads on where there are more rows than the service gives at once, and looks whether somebody wrote meanwhile', async () => {
    const counted = createTally();
    const states = tableStates(client(`states${++tables}`), { partition, tally: counted });
    let version: string | undefined;
    for (let hundred = 10; hundred < 21; hundred += 1) {
      const put = Array.from({ length: 99 }, (_, i) => chunk(`${hundred}${i + 10}`, `${hundred}${i + 10}`));
      version = await states.write(0, batch({ version, put }));
    }
    const before = counted.tables;
    const [read] = await states.read(0, 1);
    expect(counted.tables - before).toBe(3);
    expect([read?.head?.run, read?.chunks.length]).toEqual([runs[0], 11 * 99]);
  });

  it('writes the head first, by whose answer its version is known', async () => {
    const between = wire(client(`states${++tables}`));
    const bodies: unknown[] = [];
    (await between.table()).pipeline.addPolicy({
      name: 'bodies',
      sendRequest(request, next) {
        if (request.url.endsWith('$batch')) bodies.push(request.body);
        return next(request);
      },
    });
    const states = tableStates(between.table, { partition, tally });
    const many = Array.from({ length: 40 }, (_, i) => chunk(`${i + 10}`, `${i + 10}`));
    const version = await states.write(0, batch({ put: many }));
    const changes = [changeOf('a', runs[0])];
    await states.write(0, batch({ version, put: many.slice(0, 20), remove: ['30', '31'], changes }));
    const rows = bodies.map((body) => [...String(body).matchAll(/"RowKey":"([^"]*)"|RowKey='([^']*)'/g)][0]?.slice(1));
    expect(rows.slice(-2).map((row) => row?.find((key) => key))).toEqual(['a', 'a']);
  });

  it('keeps tenants and applications apart', async () => {
    const table = client(`states${++tables}`);
    const one = tableStates(table, { partition: 'tenant|app', tally });
    const two = tableStates(table, { partition: 'tenant|app2', tally });
    await one.write(0, batch({ put: [chunk(lastFence, 'a')] }));
    await two.write(1, batch({ put: [chunk(lastFence, 'b')] }));
    expect((await one.read(0, 64)).flatMap(({ chunks }) => chunks)).toEqual([chunk(lastFence, 'a')]);
    expect((await two.read(0, 64)).flatMap(({ chunks }) => chunks)).toEqual([chunk(lastFence, 'b')]);
  });
});

describe('the store of states, where storage does not always answer', () => {
  const faulty = () => {
    const name = `states${++tables}`;
    const between = wire(client(name));
    const counted = createTally();
    const states = tableStates(between.table, { partition, tally: counted, clock: hasty });
    return { ...between, states, counted, other: tableStates(client(name), { partition, tally }) };
  };
  const put = [chunk(lastFence, 'a')];

  it('takes what was written, though nobody heard of it, for written', async () => {
    const { states, next } = faulty();
    const first = await states.write(0, batch({ put }));
    next(isLost);
    const second = await states.write(0, batch({ version: first, head: head('b'), put: [chunk(lastFence, 'b')] }));
    const third = await states.write(0, batch({ version: second, head: head('c') }));
    expect(await only(states)).toEqual({ bucket: 0, head: head('c'), version: third, chunks: [chunk(lastFence, 'b')] });
  });

  it('takes a first batch for written in the same way', async () => {
    const { states, next } = faulty();
    await states.write(1, batch());
    next(isLost);
    const version = await states.write(0, batch({ put }));
    expect(await only(states)).toEqual({ bucket: 0, head: head(lastFence), version, chunks: put });
  });

  it.each([
    ['reset', isReset],
    ['turned away', isTurnedAway],
  ])('writes again what was %s', async (_, fate) => {
    const { states, next } = faulty();
    next(fate, fate);
    const first = await states.write(0, batch({ put }));
    next(fate);
    await states.write(0, batch({ version: first, head: head('b'), remove: [lastFence] }));
    expect(await only(states)).toMatchObject({ head: head('b'), chunks: [] });
  });

  it('sees that somebody else wrote while the answer was lost', async () => {
    const { states, other, next } = faulty();
    const version = await states.write(0, batch({ put }));
    next(async (send) => {
      await other.write(0, batch({ version, head: head('theirs') }));
      return isReset(send);
    });
    await expect(states.write(0, batch({ version, head: head('mine') }))).rejects.toThrow(Overtaken);
    expect((await only(states))?.head).toEqual(head('theirs'));
  });

  it('knows its own write where that arrives late, after it was written again', async () => {
    const { states, next } = faulty();
    const version = await states.write(0, batch({ put }));
    let late = async (): Promise<unknown> => undefined;
    next(
      async (send) => {
        late = send;
        return isReset(send);
      },
      (send) => send(),
      async (send) => {
        await late();
        return send();
      },
    );
    const second = await states.write(0, batch({ version, head: head('b') }));
    expect(await only(states)).toMatchObject({ head: head('b'), version: second });
  });

  it('reads again, and forgets again', async () => {
    const { states, next } = faulty();
    await states.write(
      0,
      batch({ put, changes: [changeOf('a', runs[0]), changeOf('b', runs[0], 'v'.repeat(29_900))] }),
    );
    next(isReset, isTurnedAway);
    expect((await only(states))?.chunks).toEqual(put);
    next(isReset, isReset, isLost);
    expect(await states.forget(0, runs[0])).toBe(2);
    expect(await states.changes(0, {})).toEqual([]);
  });

  it('gives up after some tries, with the fault of the service', async () => {
    const { states, next } = faulty();
    next(...Array.from({ length: 5 }, () => isTurnedAway));
    await expect(states.read(0, 1)).rejects.toThrow('The server is busy');
    next(...Array.from({ length: 12 }, () => isTurnedAway));
    await expect(states.write(0, batch())).rejects.toThrow('The server is busy');
  });

  it('gives up at once where it is refused', async () => {
    const connection = azurite.connectionString.replace(/AccountKey=[^;]+/, `AccountKey=${btoa('wrong')}`);
    const counted = createTally();
    const states = tableStates(client('states', connection), { partition, tally: counted });
    await expect(states.write(0, batch())).rejects.toMatchObject({ statusCode: 403 });
    await expect(states.read(0, 1)).rejects.toMatchObject({ statusCode: 403 });
    expect(counted.tables).toBe(2);
  });
});
