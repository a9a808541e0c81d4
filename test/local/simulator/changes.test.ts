import { type Asking, asking, ids } from './support/asking.ts';

const documented = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';
const id = 'ab'.repeat(20);

interface Told {
  readonly id: string;
  readonly message?: string;
  readonly computerDnsName: string;
}

describe('machines that come and go', () => {
  let defender: Asking;
  beforeEach(async () => {
    defender = await asking({ machines: 64 });
  });
  afterEach(() => defender.stop());

  const page = async (skip: number, top = 10) =>
    ids((await defender.get(`/api/machines?$top=${top}&$skip=${skip}`)).body);
  const all = () => page(0, 1000);

  it.each([
    ['at the front', '?at=0', 0],
    ['at an index', '?at=20', 20],
    ['at the end', '', 64],
  ])('come %s', async (_, query, place) => {
    const before = await all();
    const added = await defender.control<Told>('POST', `machines${query}`);
    expect(before).not.toContain(added.id);
    expect(await all()).toEqual([...before.slice(0, place), added.id, ...before.slice(place)]);
  });

  it('shift the offsets of who is walking the list', async () => {
    const [first, second] = [await page(0), await page(10)];
    await defender.control('POST', 'machines?at=0');
    expect((await page(10))[0]).toBe(first[9]);
    await defender.control('DELETE', `machines/${first[0]}`);
    await defender.control('DELETE', `machines/${first[1]}`);
    expect((await page(10))[0]).toBe(second[1]);
  });

  it('are found by all that leads to them once they are there', async () => {
    const plain = await defender.control<Told>('POST', 'machines');
    const name = 'newcomer.contoso.com';
    const told = await defender.control<Told>('POST', 'machines', {
      id,
      computerDnsName: name,
      lastIpAddress: '10.9.9.9',
    });
    expect(told).toMatchObject({
      id,
      computerDnsName: name,
      lastIpAddress: '10.9.9.9',
      onboardingStatus: expect.any(String),
    });
    for (const path of [id, name, plain.id]) expect((await defender.get(`/api/machines/${path}`)).status).toBe(200);
    expect(ids((await defender.get("/api/machines?$filter=lastIpAddress eq '10.9.9.9'")).body)).toEqual([id]);
    expect(ids((await defender.get('/api/domains/login.microsoftonline.com/machines')).body)).toContain(id);
    expect(await defender.control('GET', 'fleet')).toMatchObject({ machines: 66 });
  });

  it('are gone from everything when they go, and their alerts say 404', async () => {
    const alert = '/api/alerts/636688558380765161_2136280442';
    const users = async () => ids((await defender.get('/api/users/user1/machines')).body);
    const domain = async () => ids((await defender.get('/api/domains/login.microsoftonline.com/machines')).body);
    expect([await users(), await domain()]).toEqual([
      expect.arrayContaining([documented]),
      expect.arrayContaining([documented]),
    ]);
    expect(await defender.control('DELETE', 'machines/mymachine1.contoso.com')).toMatchObject({ id: documented });
    expect([await users(), await domain(), await all()]).toEqual(
      Array(3).fill(expect.not.arrayContaining([documented])),
    );
    const paths = [`/api/machines/${documented}`, '/api/machines/mymachine1.contoso.com', `${alert}/machine`, alert];
    const answers = await Promise.all(paths.map((path) => defender.get(path)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 200]);
    expect(answers[3]?.body.machineId).toBe(documented);
  });

  it('are known by their new name when it changes, and no longer by the old', async () => {
    await defender.control('PATCH', `machines/${documented}`, { computerDnsName: 'renamed.contoso.com' });
    const status = async (name: string) => (await defender.get(`/api/machines/${name}`)).status;
    expect([await status('renamed.contoso.com'), await status('mymachine1.contoso.com')]).toEqual([200, 404]);
    expect(ids((await defender.get('/api/users/user1/machines')).body)).toContain(documented);
  });

  it('leave an empty list behind when the last is gone, which is a 404', async () => {
    const small = await asking({ machines: 1 });
    await small.control('DELETE', `machines/${documented}`);
    expect((await small.get('/api/machines')).status).toBe(404);
    await small.control('POST', 'machines');
    expect((await small.get('/api/machines')).body.value).toHaveLength(1);
    await small.stop();
  });

  it.each([
    ['POST', 'machines?at=65', undefined, 'at: there is no place 65 in a list of 64'],
    ['POST', 'machines?at=first', undefined, "at: 'first' is not a whole number"],
    ['POST', 'machines', { id: documented }, `id: ${documented} is taken`],
    ['POST', 'machines', { id: 'x' }, 'id: is no id of 40 digits'],
    ['PATCH', `machines/${documented}`, { id }, 'id'],
    ['DELETE', 'machines/nobody', undefined, 'there is no machine nobody'],
  ])('do not by %s %s %j', async (method, path, body, message) => {
    expect(await defender.control(method, path, body)).toEqual({ message: expect.stringContaining(message) });
    expect(await all()).toHaveLength(64);
  });
});
