import { type Asking, asking, graphToken, ids } from './support/asking.ts';

interface Told {
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
  readonly machines: number;
  readonly message?: string;
}

const size = 2_000;

describe.each([0, size])('much that changes at once where at most %i machines are kept', (mostKept) => {
  let defender: Asking;
  beforeEach(async () => {
    defender = await asking({ machines: size, mostKept, securityStatesPageSize: 10_000 });
  });
  afterEach(() => defender.stop());

  const change = (wanted: object) => defender.control<Told>('POST', 'fleet/changes', wanted);
  const machines = async () => {
    const { body } = await defender.get('/api/machines');
    return new Map(body.value.map(({ id, healthStatus }) => [id, healthStatus]));
  };
  const impaired = async () => {
    const { body } = await defender.get('/testwdatppreview/machinesecuritystates', graphToken());
    return new Map(body.value.map((row) => [row.id, String(row.propertiesRequireAttention).includes('Edr')]));
  };
  const different = (a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>) =>
    [...a].filter(([id, value]) => b.get(id) !== value).map(([id]) => id);

  it('is the security state of a share of the machines, in both lists', async () => {
    const before = [await machines(), await impaired()] as const;
    const told = await change({ share: 0.01, seed: 7 });
    expect(told).toEqual({ changed: size / 100, added: 0, removed: 0, machines: size });
    const after = [await machines(), await impaired()] as const;
    const changed = different(before[0], after[0]);
    expect(changed).toHaveLength(size / 100);
    expect(different(before[1], after[1]).sort()).toEqual(changed.sort());
    await change({ machines: size / 100, seed: 7 });
    expect([await machines(), await impaired()]).not.toEqual(after);
  });

  it('is machines that go, and new ones that come to the end', async () => {
    const [before, states] = [await machines(), await impaired()];
    const told = await change({ added: 5, removed: 7 });
    const [after, statesAfter] = [await machines(), await impaired()];
    expect(told).toEqual({ changed: 0, added: 5, removed: 7, machines: size - 2 });
    expect([...before.keys()].filter((id) => !after.has(id))).toHaveLength(7);
    expect([...after.keys()].slice(-5).filter((id) => before.has(id))).toEqual([]);
    expect([...states.keys()].filter((id) => !statesAfter.has(id))).toHaveLength(7);
    expect([...statesAfter.keys()].filter((id) => !states.has(id))).toHaveLength(5);
  });
});

describe('a change of many machines', () => {
  it('is of no more than there are', async () => {
    const defender = await asking({ machines: 64 });
    const { changed, machines } = await defender.control<Told>('POST', 'fleet/changes', { share: 1 });
    await defender.stop();
    expect([changed > 20 && changed < 64, machines]).toEqual([true, 64]);
  });

  it.each([
    [{ share: 2 }, 'share'],
    [{ share: 0.5, machines: 3 }, 'give share or machines, not both'],
    [{ size: 1 }, 'size'],
  ])('is refused where it is %j', async (wanted, message) => {
    const defender = await asking({ machines: 3 });
    const told = await defender.control<Told>('POST', 'fleet/changes', wanted);
    await defender.stop();
    expect(told.message).toContain(message);
  });
});

describe('a preview that is gone', () => {
  it('is a 404 of Graph’s, and all else is there', async () => {
    const defender = await asking({ preview: 'gone', machines: 3 });
    const { status, body } = await defender.get('/testwdatppreview/machinesecuritystates', graphToken());
    const list = await defender.get('/api/machines');
    await defender.stop();
    expect([status, body.error.code, body.error.message]).toEqual([
      404,
      'ResourceNotFound',
      'Resource could not be discovered.',
    ]);
    expect(ids(list.body)).toHaveLength(3);
  });
});
