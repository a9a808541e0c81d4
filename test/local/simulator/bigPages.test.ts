import { inflateSync } from 'node:zlib';
import { bigBody } from '../../../src/local/simulator/bodies.ts';
import { lastFew } from '../../../src/local/simulator/lastFew.ts';
import { type Asking, asking, ids } from './support/asking.ts';
import { rawGet } from './support/rawGet.ts';

describe('a big page that is asked for again', () => {
  let defender: Asking;
  beforeAll(async () => {
    defender = await asking({ machines: 1200 });
  });
  afterAll(() => defender.stop());

  const bytes = async (path = '/api/machines', headers = {}) => (await rawGet(defender.url + path, headers)).body;
  const machines = async (path: string) => ids((await defender.get(path)).body);

  it('has the same bytes, whole or compressed', async () => {
    const [first, again] = [await bytes(), await bytes()];
    const deflated = [
      await bytes('/api/machines', { 'accept-encoding': 'deflate' }),
      await bytes('/api/machines', { 'accept-encoding': 'deflate' }),
    ];
    expect(first.length).toBeGreaterThan(bigBody);
    expect(again.equals(first)).toBe(true);
    expect(deflated.map((body) => inflateSync(body).equals(first))).toEqual([true, true]);
  });

  it('is another one for other options, another version and another dialect', async () => {
    expect((await machines('/api/machines?$top=1100&$skip=1'))[0]).toBe((await machines('/api/machines?$top=1100'))[1]);
    expect((await bytes('/api/v1.0/machines')).toString('utf8', 0, 100)).toContain('/v1.0/');
    const filter = "/api/machines?$filter=id in ('a') or id ne 'b'";
    expect((await defender.get(filter)).status).toBe(200);
    await defender.control('PUT', 'dialect', { in: 'refused' });
    expect((await defender.get(filter)).status).toBe(400);
    await defender.control('DELETE', 'dialect');
  });

  it('has what changed since', async () => {
    const before = await machines('/api/machines');
    await defender.control('DELETE', `machines/${before[5]}`);
    await defender.control('PATCH', `machines/${before[0]}`, { riskScore: 'changed' });
    const { body } = await defender.get('/api/machines');
    expect(ids(body)).toEqual(before.filter((_, index) => index !== 5));
    expect(body.value[0]?.riskScore).toBe('changed');
  });
});

describe('the last few', () => {
  it('are those asked for last', () => {
    const few = lastFew<string, string>(2);
    few.keep('a', '1');
    few.keep('b', '2');
    few.of('a');
    few.keep('c', '3');
    expect(['a', 'b', 'c'].map(few.of)).toEqual(['1', undefined, '3']);
  });
});
