import { inflateSync } from 'node:zlib';
import { type Asking, asking } from './support/asking.ts';
import { rawGet } from './support/rawGet.ts';

describe('an answer on the wire', () => {
  let defender: Asking;
  beforeAll(async () => {
    defender = await asking();
  });
  afterAll(() => defender.stop());

  it('has the headers of a captured one', async () => {
    const { headers } = await rawGet(`${defender.url}/api/machines`, { 'accept-encoding': 'gzip, deflate, br' });
    expect(headers).toMatchObject({
      'content-type': 'application/json; odata.metadata=minimal; odata.streaming=true; charset=utf-8',
      'odata-version': '4.0',
      'content-encoding': 'deflate',
      'transfer-encoding': 'chunked',
      vary: 'Accept-Encoding',
    });
    expect(headers['content-length']).toBeUndefined();
  });

  it.each(['deflate', 'gzip, deflate;q=0.5', '*', 'DEFLATE'])(
    'is deflated for Accept-Encoding: %s',
    async (accepted) => {
      const { headers, body } = await rawGet(`${defender.url}/api/machines?$top=2`, { 'accept-encoding': accepted });
      expect(headers['content-encoding']).toBe('deflate');
      expect(JSON.parse(inflateSync(body).toString()).value).toHaveLength(2);
    },
  );

  it.each(['gzip', 'identity', 'deflate;q=0', ''])('is plain for Accept-Encoding: %s', async (accepted) => {
    const { headers, body } = await rawGet(`${defender.url}/api/machines?$top=2`, { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(body.toString()).value).toHaveLength(2);
  });

  it('is JSON where it is a refusal, compressed as well', async () => {
    const { status, headers, body } = await rawGet(`${defender.url}/api/nothing`, { 'accept-encoding': 'deflate' });
    expect([status, headers['content-type']]).toEqual([404, 'application/json; charset=utf-8']);
    expect(JSON.parse(inflateSync(body).toString()).error.code).toBe('NotFound');
  });

  it('is 405 to any method but GET', async () => {
    expect((await rawGet(`${defender.url}/api/machines`, {}, 'POST')).status).toBe(405);
  });
});
