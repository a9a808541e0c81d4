import { bodyOf, type Gateway, startGateway } from '../support/gateway.ts';

interface Part {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>> & { readonly error?: { readonly code: string } };
}

let gateway: Gateway;
afterEach(() => gateway.stop());

const send = async (requests: readonly object[], headers: Record<string, string> = {}) => {
  await gateway.forgetArrivals();
  const response = await gateway.post('/api/$batch', { requests }, headers);
  expect(response.status).toBe(200);
  const { responses } = JSON.parse(await response.text()) as { responses: readonly Part[] };
  return { responses, headers: response.headers, calls: await gateway.arrivals() };
};

const get = (url: string, more: object = {}) => ({ method: 'GET', url, ...more });
const filter = (text: string) => `machines?$filter=${encodeURIComponent(text)}`;

/** The same in an order that has nothing to do with what they are. */
const shuffled = <T>(all: readonly T[]): readonly T[] => all.map((_, i) => all[(i * 77) % all.length] as T);

/** Each with the status that it has to have. */
const mixed = async (): Promise<readonly (readonly [status: number, request: object])[]> => {
  const { value } = await bodyOf(await gateway.direct('/api/machines'));
  const names = value.flatMap(({ computerDnsName }) => computerDnsName ?? []).slice(0, 60);
  const ids = value.slice(-50).map(({ id }) => id);
  const ask = (status: number, urls: readonly string[], more?: object) =>
    urls.map((url) => [status, get(url, more)] as const);
  const ten = Array.from({ length: 10 }, (_, i) => i);
  return shuffled([
    ...ask(
      200,
      names.map((name) => filter(`computerDnsName eq '${name}'`)),
    ),
    ...ask(
      200,
      ids.map((id) => `machines/${id}`),
    ),
    ...ask(
      200,
      ids.slice(0, 20).map((id) => `/api/machines/${id}`),
    ),
    ...ask(
      200,
      ten.map((i) => `users/user${i}/machines`),
    ),
    ...ask(
      200,
      ten.map((i) => `machines?$top=2&$skip=${i}`),
    ),
    ...ask(
      404,
      ten.map((i) => `machines/${`${i}`.repeat(40)}`),
    ),
    ...ask(
      400,
      ten.map((i) => filter(`computerDnsNam eq '${i}'`)),
    ),
    ...ask(
      424,
      ten.map((i) => `machines?$top=${i + 1}`),
      { dependsOn: ['0'] },
    ),
    ...ask(
      405,
      ten.map(() => 'machines'),
      { method: 'DELETE' },
    ),
    ...ask(
      404,
      ten.map((i) => `nothing/${i}`),
    ),
  ]);
};

describe('POST /api/$batch', () => {
  it('answers 200 mixed requests in their order, each as if it were alone, in few calls', async () => {
    gateway = await startGateway({ limits: '10000/60' });
    const asked = await mixed();
    expect(asked).toHaveLength(200);
    const requests = asked.map(([, request], i) => ({ id: `r${i}`, ...request }));
    const { responses, calls } = await send(requests);
    expect(responses.map(({ id, status }) => [id, status])).toEqual(asked.map(([status], i) => [`r${i}`, status]));
    for (const [i, { status, headers, body }] of responses.entries()) {
      const { url } = requests[i] as unknown as { url: string };
      if (status >= 400)
        expect([url, body.error?.code, headers['retry-after']]).toEqual([url, expect.any(String), undefined]);
      else expect([url, body]).toEqual([url, await (await gateway.direct(url.replace(/^(?!\/)/, '/api/'))).json()]);
    }
    // Names and ids travel together; an id that nobody has is asked for alone as well.
    expect(calls.length).toBeLessThanOrEqual(3 + 3 + 10 + 10 + 10);
    expect(calls.every(({ status }) => status === 200 || status === 404)).toBe(true);
    const again = await send(requests);
    expect([again.responses.map(({ body }) => (body.error ? 0 : body)), again.calls]).toEqual([
      responses.map(({ body }) => (body.error ? 0 : body)),
      [],
    ]);
  });

  it('answers what the quota has calls for, and tells each of the others when to come back', async () => {
    gateway = await startGateway({ limits: '10/20' });
    await gateway.get('/api/users/user0/machines');
    const requests = Array.from({ length: 30 }, (_, i) => ({ id: `${i}`, ...get(`users/user${i}/machines`) }));
    const { responses, headers, calls } = await send(requests, { prefer: 'wait=0' });
    expect(responses.map(({ id }) => id)).toEqual(requests.map(({ id }) => id));
    const answered = responses.filter(({ status }) => status === 200);
    const refused = responses.filter(({ status }) => status === 429);
    expect([answered.length, refused.length, calls.length]).toEqual([10, 20, 9]);
    expect(responses[0]?.headers['cache-status']).toMatch(/;hit;/);
    const waits = refused.map((part) => Number(part.headers['retry-after']));
    for (const seconds of waits) {
      expect(seconds).toBeGreaterThanOrEqual(1);
      expect(seconds).toBeLessThanOrEqual(60);
    }
    expect(Number(headers.get('retry-after'))).toBe(Math.min(...waits));
    expect(new Set(refused.map(({ body }) => body.error?.code))).toEqual(new Set(['TooManyRequests']));
  });

  it('refuses what is no batch, and one of more than 1,000 requests, without a call', async () => {
    gateway = await startGateway();
    const many = Array.from({ length: 1001 }, (_, i) => ({ id: `${i}`, ...get('machines?$top=1') }));
    for (const body of [{}, { requests: [] }, { requests: [{ url: 'machines' }] }, { requests: many }, 'text'])
      expect((await gateway.post('/api/$batch', body)).status).toBe(400);
    expect((await gateway.post('/api/$batch', { requests: many }, { 'x-functions-key': 'wrong' })).status).toBe(401);
    expect(await gateway.arrivals()).toEqual([]);
  });
});
