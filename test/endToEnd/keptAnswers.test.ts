import { gunzipSync } from 'node:zlib';
import { bodyOf, errorOf, type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/until.ts';
import { wireGet } from './support/wire.ts';

const machineId = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';
const path = `/api/machines/${machineId}`;

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ hosts: 2, limits: '1000/60' });
});
afterAll(() => gateway.stop());

const calls = async () => (await gateway.arrivals()).length;
const cacheStatus = (response: Response) => response.headers.get('cache-status');

/** Asked once, and shared: the other host finds it, too. */
const known = async (asked: string) => {
  const first = await gateway.get(asked);
  await until('the other host to know the answer', async () => {
    const { status } = await gateway.get(asked, { 'cache-control': 'only-if-cached' }, 1);
    return status !== 504;
  });
  await gateway.forgetArrivals();
  return first;
};

describe('an answer that is kept', () => {
  it('is given again without a call, to the byte, and says how old it is', async () => {
    const first = await known(path);
    const second = await gateway.get(path);
    expect([first.status, second.status, await calls()]).toEqual([200, 200, 0]);
    expect(await second.text()).toBe(await first.text());
    expect(Number(second.headers.get('age'))).toBeLessThanOrEqual(30);
    expect(cacheStatus(second)).toMatch(/^defender-gateway;hit;ttl=2\d\d$/);
    expect(second.headers.get('cache-control')).toMatch(/^private, max-age=\d+$/);
    expect(cacheStatus(first)).toMatch(/^defender-gateway;fwd=miss;fwd-status=200;ttl=\d+;stored$/);
    expect(first.headers.get('age')).toBeNull();
  });

  it('is given by another host as well, from storage', async () => {
    const asked = '/api/users/user1/machines';
    await gateway.get(asked);
    await gateway.forgetArrivals();
    const there = await until('the other host to have it', async () => {
      const response = await gateway.get(asked, { 'cache-control': 'only-if-cached' }, 1);
      return response.status === 200 && response;
    });
    expect((await bodyOf(there)).value.length).toBeGreaterThan(0);
    expect([cacheStatus(there)?.split(';')[1], await calls()]).toEqual(['hit', 0]);
  });

  it.each(['no-cache', 'max-age=0'])('is not given to who says %s: Defender is asked', async (said) => {
    await known(path);
    const response = await gateway.get(path, { 'cache-control': said });
    expect([response.status, await calls()]).toEqual([200, 1]);
    expect(cacheStatus(response)).toContain('fwd=request');
  });

  it('is not sent to who has it already: 304, without a body', async () => {
    const etag = (await known(path)).headers.get('etag') ?? '';
    // `fetch` adds Cache-Control: no-cache to such a question, unless it has directives of its own.
    const ask = (tag: string, host: number) =>
      gateway.get(path, { 'if-none-match': tag, 'cache-control': 'max-age=300' }, host);
    for (const host of [0, 1]) {
      const response = await ask(etag, host);
      expect([response.status, await response.text(), await calls()]).toEqual([304, '', 0]);
      expect(response.headers.get('etag')).toBe(etag);
      expect((await ask('W/"another"', host)).status).toBe(200);
    }
  });

  it('is confirmed by a call to who wants a new one, and sent only where it changed', async () => {
    const etag = (await known(path)).headers.get('etag') ?? '';
    const asked = { 'if-none-match': etag, 'cache-control': 'no-cache' };
    const same = await gateway.get(path, asked);
    expect([same.status, await calls()]).toEqual([304, 1]);
    await gateway.control('PATCH', `machines/${machineId}`, { machineTags: ['new since then'] });
    const changed = await gateway.get(path, asked);
    expect([changed.status, await calls()]).toEqual([200, 2]);
    expect(await changed.text()).toContain('new since then');
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('may be that there is nothing', async () => {
    const unknown = `/api/machines/${'0'.repeat(40)}`;
    await known(unknown);
    const response = await gateway.get(unknown, {}, 1);
    expect([response.status, await calls()]).toEqual([404, 0]);
    expect((await errorOf(response)).code).toBe('ResourceNotFound');
    expect(cacheStatus(response)).toMatch(/;hit;ttl=[12]?\d$/);
  });

  it('is the only one for who says only-if-cached: 504 where there is none', async () => {
    await gateway.forgetArrivals();
    const response = await gateway.get('/api/domains/malware.example/machines', { 'cache-control': 'only-if-cached' });
    expect([response.status, await calls()]).toEqual([504, 0]);
    expect((await errorOf(response)).message).toContain('only-if-cached');
  });

  it('is not kept for who says no-store', async () => {
    const asked = '/api/alerts/636688558380765161_2136280442/machine';
    await gateway.forgetArrivals();
    for (const _ of ['first', 'second'])
      expect((await gateway.get(asked, { 'cache-control': 'no-store' })).status).toBe(200);
    expect(await calls()).toBe(2);
  });
});

describe('an answer to who accepts gzip', () => {
  it('is compressed, and the same bytes when unpacked', async () => {
    const asked = '/api/machines?$top=50';
    const headers = { 'x-functions-key': gateway.key };
    const plain = await wireGet(gateway.urls[0] + asked, headers);
    const packed = await wireGet(gateway.urls[0] + asked, { ...headers, 'accept-encoding': 'gzip' });
    expect([plain.headers['content-encoding'], packed.headers['content-encoding']]).toEqual([undefined, 'gzip']);
    expect(packed.body.length * 3).toBeLessThan(plain.body.length);
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
    expect([plain.headers.vary, packed.headers.vary]).toEqual(['Accept-Encoding', 'Accept-Encoding']);
    expect(packed.headers.etag).toBe(plain.headers.etag);
  });
});
