import { noCounts } from '../../src/snapshots/run.ts';
import { memoryRunIndex } from '../../src/snapshots/store/memoryRunIndex.ts';
import { machine, report } from '../snapshots/live/support/fleet.ts';
import { runOf, storedIn } from '../snapshots/live/support/states.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { json } from '../support/scriptedFetch.ts';
import { address, statesAsked, upstreamOf } from './support/states.ts';

const reports = '/api/deviceavinfo';
const previewAt = 'graph.example/testwdatppreview/machinesecuritystates';
/** Both lists, which are asked for at once; sorted. */
const both = [`defender.example${reports}`, 'defender.example/api/machines'];
const two = () => upstreamOf([machine('a'), machine('b')], [report('a')]);

const previewPage = {
  '@odata.context': 'https://graph.example/testwdatppreview/$metadata#MachineSecurityStates',
  '@odata.count': 444,
  '@odata.nextLink': 'https://graph.example/testwdatppreview/machinesecuritystates?$skiptoken=abc',
  value: [{ id: 'a', build: 14393 }],
};

/** More machines than Defender gives in a page. */
const many = (count: number) => Array.from({ length: count }, (_, i) => machine(`m${i}`));

describe('security states of the preview', () => {
  it('are Defender’s own, with a link that leads here, and say where they came from', async () => {
    const upstream = { ...two(), preview: () => json(previewPage) };
    const { status, headers, body } = await statesAsked(upstream, { source: 'auto' }).ask();
    expect([status, headers['x-gateway-source']]).toEqual([200, 'preview']);
    expect(body).toEqual({ ...previewPage, '@odata.nextLink': `${address}?$skiptoken=abc` });
    expect(upstream.arrived).toEqual([previewAt]);
  });

  it.each([400, 401, 500])('are not composed instead where it answers %d', async (status) => {
    const upstream = { ...two(), preview: () => json({ error: { code: 'x', message: 'y' } }, status) };
    const answer = await statesAsked(upstream, { source: 'auto' }).ask({ prefer: 'wait=0' });
    expect(answer.status).toBe(status);
    expect(answer.headers).not.toHaveProperty('x-gateway-source');
    expect(new Set(upstream.arrived)).toEqual(new Set([previewAt]));
  });

  it('are not composed instead where the setting allows no other source', async () => {
    const upstream = two();
    expect((await statesAsked(upstream, { source: 'preview' }).ask()).status).toBe(404);
    expect(upstream.arrived).toEqual([previewAt]);
  });

  it('are what the preview says where a token of its own has grown too old', async () => {
    const upstream = { ...two(), preview: () => json({ error: { code: 'Gone', message: 'start again' } }, 410) };
    const asked = statesAsked(upstream, { source: 'auto' });
    expect((await asked.ask({}, { $skiptoken: 'abc' })).status).toBe(410);
    expect(upstream.arrived).toEqual([previewAt]);
  });
});

describe('security states where the preview is not served', () => {
  it.each([404, 410, 403])('are composed in the same request: %d', async (status) => {
    const upstream = { ...two(), preview: () => json({ error: { code: 'x', message: 'y' } }, status) };
    const { headers, body, ...answer } = await statesAsked(upstream, { source: 'auto' }).ask();
    expect([answer.status, headers['x-gateway-source']]).toEqual([200, 'composed']);
    expect(body['@odata.count']).toBe(2);
    expect(upstream.arrived.toSorted()).toEqual([...both, previewAt]);
  });

  it('are composed for a day without asking the preview, in other processes too', async () => {
    const [upstream, notes, clock] = [two(), memoryRunIndex(), fakeClock(8)];
    await statesAsked(upstream, { source: 'auto', notes }, clock).ask();
    await clock.advance(86_000_000);
    upstream.arrived.length = 0;
    await statesAsked(upstream, { source: 'auto', notes }, clock).ask();
    expect(upstream.arrived.toSorted()).toEqual(both);
    await clock.advance(500_000);
    upstream.arrived.length = 0;
    await statesAsked(upstream, { source: 'auto', notes }, clock).ask();
    expect(upstream.arrived[0]).toBe(previewAt);
  });
});

describe('composed security states', () => {
  it('come with the headers of any answer, and are confirmed by their tag', async () => {
    const asked = statesAsked(two());
    const { headers } = await asked.ask();
    expect(headers).toMatchObject({
      'content-type': 'application/json; odata.metadata=minimal',
      'cache-control': expect.stringMatching(/^private, max-age=\d+$/),
      'ratelimit-policy': '"minute";q=30;w=60, "hour";q=1000;w=3600',
    });
    expect(headers).not.toHaveProperty('age');
    const again = await asked.ask({ 'if-none-match': headers.etag ?? '' });
    expect([again.status, again.headers['x-gateway-source']]).toEqual([304, 'composed']);
  });

  it('are walked through along their links, each machine once', async () => {
    const upstream = upstreamOf(many(10_100), []);
    const asked = statesAsked(upstream);
    const first = await asked.ask();
    const link = new URL(first.body['@odata.nextLink'] ?? '');
    expect(`${link.origin}${link.pathname}`).toBe(address);
    const second = await asked.ask({}, { $skiptoken: link.searchParams.get('$skiptoken') ?? '' });
    expect(first.headers['x-gateway-warning']).toContain('@odata.count is the least there can be');
    expect([first.body['@odata.count'], second.body['@odata.count']]).toEqual([10_001, 10_100]);
    expect(second.body).not.toHaveProperty('@odata.nextLink');
    const ids = [...(first.body.value ?? []), ...(second.body.value ?? [])].map(({ id }) => id);
    expect(ids).toEqual(upstream.machines.map(({ id }) => id));
  });

  it('take one call of each list for all who ask at once', async () => {
    const upstream = two();
    const asked = statesAsked(upstream);
    const answers = await Promise.all([asked.ask(), asked.ask(), asked.ask()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(upstream.arrived.toSorted()).toEqual(both);
  });

  it('are as old as the older of their lists', async () => {
    const upstream = two();
    const asked = statesAsked(upstream);
    await asked.ask();
    await asked.clock.advance(95_000);
    const { headers } = await asked.ask();
    expect(upstream.arrived.toSorted()).toEqual([...both, both[1]]);
    expect(Number(headers.age)).toBeGreaterThanOrEqual(100);
    expect(Number(headers.age)).toBeLessThan(106);
  });

  it('are asked for anew, both lists, by who wants what is new', async () => {
    const upstream = two();
    const asked = statesAsked(upstream);
    await asked.ask();
    await asked.ask({ 'cache-control': 'no-cache' });
    expect(upstream.arrived.toSorted()).toEqual([...both, ...both].toSorted());
  });

  it('cost no call where only what is kept will do', async () => {
    const upstream = two();
    const asked = statesAsked(upstream);
    expect((await asked.ask({ 'cache-control': 'only-if-cached' })).status).toBe(504);
    expect(upstream.arrived).toEqual([]);
    await asked.ask();
    const { status, headers } = await asked.ask({ 'cache-control': 'only-if-cached' });
    expect([status, upstream.arrived.length]).toEqual([200, 2]);
    expect(headers['cache-status']).toContain('hit');
  });

  it('are 429 where one list’s quota is spent, with the time to wait', async () => {
    const upstream = two();
    upstream.instead.set(reports, () => json({ error: { code: '429', message: 'x' } }, 429, { 'retry-after': '40' }));
    const { status, headers, body } = await statesAsked(upstream).ask({ prefer: 'wait=1' });
    expect([status, headers['retry-after']]).toEqual([429, '40']);
    expect(headers['ratelimit-policy']).toContain('q=30');
    expect(headers).not.toHaveProperty('x-gateway-source');
    expect(body.error?.code).toBe('TooManyRequests');
  });

  it('are Defender’s refusal where the application may not read a list', async () => {
    const upstream = two();
    upstream.instead.set(reports, () => json({ error: { code: 'Forbidden', message: 'no role' } }, 403));
    const { status, headers, body } = await statesAsked(upstream).ask();
    expect([status, body.error?.code]).toEqual([403, 'Forbidden']);
    expect(headers['x-gateway-warning']).toContain('/api/deviceavinfo');
  });

  it.each(['$top', '$filter', '$select'])('take no option: %s', async (option) => {
    const upstream = two();
    const { status, body } = await statesAsked(upstream).ask({}, { [option]: '1' });
    expect([status, body.error?.message.slice(0, option.length + 1)]).toEqual([400, `${option}:`]);
    expect(upstream.arrived).toEqual([]);
  });

  it('take $count=true, for they are counted anyway', async () => {
    const { status, body } = await statesAsked(two()).ask({}, { $count: 'true' });
    expect(status).toBe(200);
    expect(body).toHaveProperty(['@odata.count']);
  });

  it('say that a walk is to be started again where its token is the preview’s', async () => {
    const { status, body } = await statesAsked(two()).ask({}, { $skiptoken: 'abc' });
    expect(status).toBe(400);
    expect(body.error?.message).toContain('Start again, without $skiptoken');
  });

  it('refuse what is no option before anything is asked', async () => {
    const upstream = two();
    expect((await statesAsked(upstream).ask({}, { $filer: 'x' })).status).toBe(400);
    expect(upstream.arrived).toEqual([]);
  });
});

describe('security states of a fleet that is too big to be joined', () => {
  const clock = fakeClock(8);
  const startedAt = new Date(clock.wall() - 1_800_000).toISOString();
  const run = runOf({ startedAt, counts: { ...noCounts, machines: 1 } });
  const state = {
    id: 'a',
    build: 1,
    revision: 2,
    architecture: 'Amd64',
    osVersion: '10.0.1.2',
    propertiesRequireAttention: [],
  };
  const tooMany = () =>
    upstreamOf(
      [machine('a')],
      many(10_000).map(({ id }) => report(`${id}`)),
    );

  it('are the last snapshot’s, which the answer says with their age', async () => {
    const asked = statesAsked(tooMany(), { stored: storedIn(run, [state]), mostPages: 1 }, clock);
    const { status, headers, body } = await asked.ask();
    expect([status, headers['x-gateway-source'], body.value]).toEqual([200, 'composed', [state]]);
    expect(Number(headers.age)).toBeGreaterThanOrEqual(1800);
    expect(headers['x-gateway-warning']).toContain(`those of the snapshot of ${startedAt}`);
    expect(headers['cache-status']).toContain('hit');
  });

  it('are 503 where there is no snapshot yet, with what to do', async () => {
    const { status, headers, body } = await statesAsked(tooMany(), { mostPages: 1 }).ask();
    expect([status, headers['retry-after']]).toEqual([503, '300']);
    expect(body.error?.message).toContain('/admin/functions/snapshotSecurityStates');
  });
});
