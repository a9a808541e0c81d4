import { answerSize } from '../../src/functions/batch/answerSize.ts';
import { mostAnswerBytes } from '../../src/functions/batch/room.ts';
import { operation } from '../../src/functions/operations/operation.ts';
import type { HttpFunction } from '../../src/functions/services.ts';
import { createLooking } from '../../src/operations/looking.ts';
import { memoryOperationStore } from '../../src/operations/store/memoryOperationStore.ts';
import { ended, idAt, waiting } from '../operations/support/operations.ts';
import { withKey } from '../support/callers.ts';
import { type FakeClock, fakeClock } from '../support/fakeClock.ts';
import { jsonReply, readOf, sendBatch } from './support/batches.ts';

const megabyte = 1024 * 1024;
const page = new TextEncoder().encode(
  JSON.stringify('x'.repeat(10 * megabyte))
    .replace(/^"/, '["')
    .replace(/"$/, '"]'),
);
const pageReply = () => ({ ...jsonReply(''), body: page });

describe('a batch whose answers are large', () => {
  it('holds what there is room for, and sends the others to ask alone', async () => {
    const filters = ['contains', 'startswith', 'endswith', 'contains'].map(
      (name, i) => `${name}(computerDnsName,'${i}')`,
    );
    const requests = filters.map((filter) => ({ url: `users/a/machines?$filter=${filter}` }));
    const functions = [
      readOf('api/users/{id}/machines', pageReply),
      readOf('gateway/health', () => ({ jsonBody: {} })),
    ];
    const { text, responses } = await sendBatch(functions, [...requests, { url: '/gateway/health' }]);
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 413, 200]);
    expect(text.length).toBeLessThan(mostAnswerBytes + megabyte);
    expect(responses[3]?.body?.error).toMatchObject({
      code: 'ContentTooLarge',
      message: `Its answer of ${page.length} bytes has no room beside the others: a batch's has ${mostAnswerBytes} at most. Ask it alone: GET /api/users/a/machines?$filter=contains(computerDnsName,'3')`,
    });
  });

  it('counts an answer as often as it stands there, however often it was asked', async () => {
    const requests = Array.from({ length: 5 }, () => ({ url: 'users/a/machines' }));
    const { responses } = await sendBatch([readOf('api/users/{id}/machines', pageReply)], requests);
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 413, 413]);
  });

  it('asks for two pages of the whole fleet at a time, and for no more of them once it is full', async () => {
    let underWay = 0;
    const seen: number[] = [];
    const slow: HttpFunction['handler'] = async () => {
      underWay += 1;
      seen.push(underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return pageReply();
    };
    const requests = Array.from({ length: 1000 }, (_, i) => ({ url: `machines?$top=10000&$skip=${i}0000` }));
    const { responses } = await sendBatch([readOf('api/machines', slow)], requests);
    expect(seen).toEqual([1, 2, 2, 2, 2]);
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(responses.filter(({ status }) => status === 413)).toHaveLength(997);
    expect(responses[999]?.body?.error?.message).toBe(
      "It was not asked: the batch's answer was full before its turn came. Ask it alone: GET /api/machines?$top=10000&$skip=9990000",
    );
  });

  it('spends nothing on lists that come when it is full', async () => {
    let asked = 0;
    const rows = jsonReply(JSON.stringify(Array.from({ length: 500 }, () => 'x'.repeat(1000))));
    const slow: HttpFunction['handler'] = async () => {
      asked += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return rows;
    };
    const requests = Array.from({ length: 1000 }, (_, i) => ({ url: `users/user${i}/machines` }));
    const { responses } = await sendBatch([readOf('api/users/{id}/machines', slow)], requests);
    const told = responses.filter(({ status }) => status === 200).length;
    expect(told).toBe(Math.floor(mostAnswerBytes / rows.body.byteLength));
    expect(asked).toBeGreaterThan(told);
    expect(asked - told).toBeLessThanOrEqual(30);
    expect(responses[999]).toMatchObject({
      status: 413,
      body: { error: { message: expect.stringMatching(/^It was not asked: .+ GET \/api\/users\/user999\/machines$/) } },
    });
  });

  it('lets lookups go all at once', async () => {
    let underWay = 0;
    const slow: HttpFunction['handler'] = async () => {
      underWay += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return jsonReply(`{"underWay":${underWay}}`);
    };
    const requests = Array.from({ length: 1000 }, (_, i) => ({ url: `machines?$filter=computerDnsName eq 'srv${i}'` }));
    const { responses } = await sendBatch([readOf('api/machines', slow)], requests);
    expect(responses.every(({ body }) => body?.underWay === 1000)).toBe(true);
  });

  it('counts the wait for their turn as part of the wait, and sends back those whose time is over', async () => {
    const clock = fakeClock();
    const waits: (string | null)[] = [];
    const slow: HttpFunction['handler'] = async ({ headers }) => {
      waits.push(headers.get('prefer'));
      await clock.sleep(6000);
      return jsonReply('{}');
    };
    const requests = Array.from({ length: 6 }, (_, i) => ({ url: `machines?$skip=${i}0000` }));
    const sent = { headers: { prefer: 'wait=10' }, clock, advance: 20_000 };
    const { headers, responses } = await sendBatch([readOf('api/machines', slow)], requests, sent);
    expect(waits).toEqual(['wait=10', 'wait=10', 'wait=4', 'wait=4']);
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 429]);
    expect(responses[4]?.body?.error?.message).toContain('its turn did not come within 10 s');
    expect(headers['retry-after']).toBe('1');
  });
});

/** Operations of the caller, and how often and how many at once their bodies were read. */
const operationsOn = async (
  clock: FakeClock,
  count: number,
  { isEnded = true, isMeasured = true, readMs = 0 } = {},
) => {
  const store = memoryOperationStore();
  for (let at = 0; at < count; at += 1) {
    const parked = waiting(at, { caller: { id: 'a', owner: withKey.owner, roles: [] }, createdAt: clock.wall() });
    const body = { encoding: 'utf8', name: `${at}`, ...(isMeasured ? { bytes: page.byteLength } : {}) } as const;
    const answer = { status: 200, headers: { 'content-type': 'application/json' }, at: clock.wall(), body };
    await store.create(isEnded ? ended(parked, clock.wall() + 60_000, { answer }) : parked);
  }
  const underWay: number[] = [];
  let now = 0;
  const bodies = {
    async get() {
      now += 1;
      underWay.push(now);
      await new Promise(setImmediate);
      now -= 1;
      return new TextDecoder().decode(page);
    },
  };
  const reads: string[] = [];
  const slow = {
    async read(id: string) {
      reads.push(id);
      if (readMs > 0) await clock.sleep(readMs);
      return store.read(id);
    },
  };
  const looking = createLooking({ store: slow, bodies, retentionMs: 60_000, clock });
  const requests = Array.from({ length: count }, (_, at) => ({ url: `/gateway/operations/${idAt(at)}` }));
  const parking = { park: () => Promise.reject(new Error('nobody parks')) };
  return { functions: [operation({ operations: { looking, parking }, clock })], requests, underWay, reads };
};

describe('a batch that asks for what was parked', () => {
  it('reads no more than two of its bodies at a time, and none once it is full', async () => {
    const clock = fakeClock();
    const { functions, requests, underWay } = await operationsOn(clock, 150, { isMeasured: false });
    const { responses } = await sendBatch(functions, requests, { clock });
    expect(Math.max(...underWay)).toBe(2);
    expect(underWay.length).toBeLessThanOrEqual(5);
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, ...Array(147).fill(413)]);
  });

  it('does not read what has no room, and says how long that is', async () => {
    const clock = fakeClock();
    const { functions, requests, underWay } = await operationsOn(clock, 6);
    const { responses } = await sendBatch(functions, requests.slice(1), { clock });
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 413, 413]);
    expect(underWay.length).toBeLessThanOrEqual(4);
    expect(responses[4]?.body?.error?.message).toBe(
      `Its answer of ${page.length} bytes has no room beside the others: a batch's has ${mostAnswerBytes} at most. Ask it alone: GET /gateway/operations/${idAt(5)}`,
    );
  });

  it.each([{}, { prefer: 'wait=1' }])('looks once at each whose turn comes late, with %j', async (headers) => {
    const clock = fakeClock();
    const { functions, requests, reads } = await operationsOn(clock, 6, { isEnded: false, readMs: 1500 });
    const { responses } = await sendBatch(functions, requests, { clock, advance: 60_000, headers });
    expect(responses.map(({ status }) => status)).toEqual(Array(6).fill(202));
    expect(reads).toHaveLength(6);
  });
});

describe('how large an answer may be', () => {
  it.each([
    ['api/machines', {}, 'page'],
    ['api/v1.0/machines', { $top: '10000' }, 'page'],
    ['testwdatppreview/machinesecuritystates', {}, 'page'],
    ['api/machines', { $filter: "healthStatus eq 'Active'" }, 'page'],
    ['gateway/operations/{id}', {}, 'page'],
    ['api/machines', { $top: '100' }, 'list'],
    ['api/users/{id}/machines', {}, 'list'],
    ['api/v1.0/domains/{domain}/machines', {}, 'list'],
    ['api/machines', { $Filter: "computerDnsName eq 'a'" }, 'few'],
    ['api/machines', { $filter: "id in ('a','b')" }, 'few'],
    ['api/machines/{id}', {}, 'few'],
    ['api/alerts/{id}/machine', {}, 'few'],
    ['gateway/health', {}, 'few'],
  ])('%s with %j: %s', (route, query, expected) => {
    expect(answerSize(route, query)).toBe(expected);
  });
});
