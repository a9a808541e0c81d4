import { type Body, type Gateway, startGateway } from '../support/gateway.ts';
import { wireGet } from './support/wire.ts';

const states = '/testwdatppreview/machinesecuritystates';
const list = '/api/machines';
const hosts = ['first.example', 'second.example:8443', 'gateway.contoso.com'];

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ limits: '1000/60', simulator: { machines: 300, pageSize: 100 } });
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.forgetArrivals());

const asking = async (path: string, headers: Record<string, string>) => {
  const answer = await wireGet(gateway.urls[0] + path, { 'x-functions-key': gateway.key, ...headers });
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return answer;
};
const linkFor = async (path: string, host: string) => {
  const { body } = await asking(path, { host });
  return (JSON.parse(body.toString()) as Body)['@odata.nextLink'] ?? '';
};

describe('callers of several host names, at one moment and of one call', () => {
  it.each([states, list])('%s leads each of them to its own next page', async (path) => {
    const links = await Promise.all(hosts.map((host) => linkFor(path, host)));
    expect(links.map((link) => link.split('?')[0])).toEqual(hosts.map((host) => `http://${host}${path}`));
    expect(await gateway.arrivals()).toHaveLength(1);
  });

  it('leads the one who is given what was kept for another to its own next page', async () => {
    const [first = '', second = ''] = hosts;
    expect(await linkFor(states, first)).toMatch(/^http:\/\/first\.example\//);
    expect(await linkFor(states, second)).toMatch(/^http:\/\/second\.example:8443\//);
    expect(await gateway.arrivals()).toEqual([]);
  });
});

describe('what a caller says in headers', () => {
  const path = '/api/users/user1/machines';
  /** All that one could hope to leave in an answer that others get. */
  const poison = {
    host: 'poison.example',
    'x-forwarded-host': 'poison.example',
    'x-forwarded-proto': 'poison',
    'x-original-url': '/poison',
    'x-rewrite-url': '/poison',
    forwarded: 'host=poison.example',
    origin: 'https://poison.example',
    referer: 'https://poison.example/',
    'x-request-id': 'poison-1',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    priority: 'u=7',
    prefer: 'wait=9, poison',
    accept: 'text/poison',
    'accept-language': 'poison',
    range: 'bytes=0-10',
    'content-type': 'text/poison',
    cookie: 'poison=1',
  };

  it.each([path, `${list}?$top=3`, states])('%s shows nothing of it to the next one', async (asked) => {
    await asking(asked, poison);
    const calls = (await gateway.arrivals()).length;
    const { headers, body } = await asking(asked, {});
    expect(await gateway.arrivals()).toHaveLength(calls);
    expect(`${JSON.stringify(headers)} ${body}`).not.toMatch(/poison/i);
    expect(headers).toMatchObject({ priority: 'u=3', 'cache-status': expect.stringContaining(';hit;') });
    expect(headers['preference-applied']).toBeUndefined();
  });

  it('does not make another question of the same path', async () => {
    const asked = '/api/domains/malware.example/machines';
    const bodies = [];
    for (const headers of [{}, poison, { accept: '*/*' }, { cookie: 'a=b' }])
      bodies.push((await asking(asked, headers)).body.toString());
    expect(new Set(bodies).size).toBe(1);
    expect(await gateway.arrivals()).toHaveLength(1);
  });

  it('gives what is kept to nobody without a key', async () => {
    await asking(path, {});
    const { status, body } = await wireGet(gateway.urls[0] + path, {});
    expect([status, body.length]).toEqual([401, 0]);
  });

  it('leaves the key in no question to Defender, wherever it stands', async () => {
    const asked = `/api/users/user9/machines?code=${encodeURIComponent(gateway.key)}&clientId=x`;
    expect((await wireGet(gateway.urls[0] + asked, {})).status).toBe(200);
    expect((await gateway.arrivals()).map(({ path: sent, query }) => sent + query)).toEqual([
      '/api/users/user9/machines',
    ]);
  });
});
