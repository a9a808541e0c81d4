import type { Intake } from '../../../src/enrichment/intake.ts';
import { asking, origin } from './support/asking.ts';

const id = 'da637472900382838869_1364969609';
const other = 'da637308392288907382_-880718168';
const machineId = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';
const post = (body: unknown, headers: Record<string, string> = {}) => ({ method: 'POST', body, headers });

describe.each(['/gateway/alerts', '/gateway/hooks/alerts'])('POST %s', (address) => {
  it('takes an alert: it is recorded and queued, and the answer says where to ask for it', async () => {
    const { answer, store, queued } = asking();
    const { status, headers, body } = await answer(
      address,
      post({ alertId: id, machineId }, { 'x-request-id': 'r-1' }),
    );
    const link = `${origin}/gateway/alerts/${id}`;
    expect([status, body]).toEqual([
      202,
      { accepted: [{ alertId: id, status: 'new', link }], refused: [], ignored: [] },
    ]);
    expect(headers).toMatchObject({ location: link, 'x-request-id': 'r-1', 'cache-control': 'no-store' });
    expect(store.records()).toMatchObject([{ alertId: id, state: 'waiting', machineIds: [machineId] }]);
    expect(queued.map(({ text }) => JSON.parse(text))).toEqual([{ alerts: [{ key: id.slice(2), ticket: 1 }] }]);
  });

  it('leads to the alert that it took', async () => {
    const { answer } = asking();
    const { headers } = await answer(address, post({ alertId: id }));
    const shown = await answer(headers.location ?? '');
    expect([shown.status, shown.body.state]).toEqual([200, 'waiting']);
  });

  it.each(['code', 'Code', 'CODE'])('gives no Location to who has its key in the query, as %s', async (name) => {
    const { headers, body } = await asking().answer(`${address}?${name}=secret`, post({ alertId: id }));
    expect(headers.location).toBeUndefined();
    expect(body.accepted[0]?.link).toBe(`${origin}/gateway/alerts/${id}`);
  });
});

describe('a batch of alerts', () => {
  it('is taken but for what is wrong in it, which is named', async () => {
    const { answer, store } = asking();
    const { status, body, headers } = await answer(
      '/gateway/alerts',
      post([{ alertId: id }, { alertId: '' }, { alertId: other }]),
    );
    expect([status, body.accepted.map(({ alertId }) => alertId)]).toEqual([202, [id, other]]);
    expect(body.refused).toEqual([{ item: '[1]', message: expect.stringContaining('is empty') }]);
    expect(headers.location).toBeUndefined();
    expect(store.records()).toHaveLength(2);
  });

  it('is 400 where nothing of it can be taken, naming the first ten', async () => {
    const { answer, store } = asking();
    const wrong = Array.from({ length: 12 }, () => ({ alertId: '' }));
    const { status, body } = await answer('/gateway/alerts', post(wrong));
    expect([status, body.error.code]).toEqual([400, 'InvalidInput']);
    expect(body.error.message).toMatch(/^No alert was taken: \[0\]: .*; \[9\]: .*; and 2 more$/);
    expect(store.records()).toEqual([]);
  });

  it('tells which of it is known, and begins none of that anew', async () => {
    const { answer, queued } = asking();
    await answer('/gateway/alerts', post({ alertId: id }));
    const { body } = await answer('/gateway/alerts', post([{ alertId: id.slice(2) }, { alertId: other }]));
    expect(body.accepted.map(({ status }) => status)).toEqual(['known', 'new']);
    expect(queued).toHaveLength(2);
  });

  it('is 202 where nothing in it is meant to be an alert, whatever storage does', async () => {
    const { answer } = asking(() => ({ intake: failing }));
    const lifecycle = { subscriptionId: 's', lifecycleEvent: 'missed', clientState: 'agreed', tenantId: 't' };
    const { status, body } = await answer('/gateway/hooks/alerts', post({ value: [lifecycle] }));
    expect([status, body.accepted, body.refused]).toEqual([202, [], []]);
    expect(body.ignored).toEqual([{ item: 'value[0]', message: expect.any(String) }]);
  });

  it('names no more than a thousand of what is passed over, and says how many that leaves', async () => {
    const machineIds = Array.from({ length: 1500 }, (_, n) => `no machine ${n}`);
    const { status, body } = await asking().answer('/gateway/alerts', post({ alertId: id, machineIds }));
    expect([status, body.ignored, body.ignoredLeftOut]).toEqual([202, expect.any(Array), 500]);
    expect(body.ignored).toHaveLength(1000);
  });

  it('tells the log no more than ten of what is passed over', async () => {
    const machineIds = Array.from({ length: 50 }, (_, n) => `no machine ${n}`);
    const { answer, logged } = asking();
    await answer('/gateway/alerts', post({ alertId: id, machineIds }));
    expect(logged.filter((line) => line.includes('no machine'))).toHaveLength(10);
  });

  it('is answered in gzip to who takes that', async () => {
    const { headers, status } = await asking().answer(
      '/gateway/alerts',
      post(
        Array.from({ length: 50 }, (_, n) => ({ alertId: `${id}${n}` })),
        { 'accept-encoding': 'gzip' },
      ),
    );
    expect([status, headers['content-encoding']]).toEqual([202, 'gzip']);
  });
});

describe('what is no alert', () => {
  it.each([
    ['no JSON', '{"alertId":', {}, 400, 'InvalidRequestBody', /JSON/],
    ['nothing', '', {}, 400, 'InvalidRequestBody', /empty/],
    ['of none of the formats', '{"a":1}', {}, 400, 'InvalidRequestBody', /alertId/],
    ['a form', '--x', { 'content-type': 'multipart/form-data; boundary=x' }, 415, 'UnsupportedMediaType', /multipart/],
    ['too large', Buffer.alloc(4 * 1024 * 1024 + 1, 0x20), {}, 413, 'RequestBodyTooLarge', /4194304/],
    ['said to be too large', '{}', { 'content-length': '4194305' }, 413, 'RequestBodyTooLarge', /4194304/],
    ['too many', `[${'{"alertId":"a1"},'.repeat(1000)}{"alertId":"a1"}]`, {}, 413, 'RequestBodyTooLarge', /1000/],
  ])('is refused: %s', async (_, body, headers, status, code, message) => {
    const { answer, store } = asking();
    const said = await answer('/gateway/alerts', post(body, { ...headers, 'x-request-id': 'r-2' }));
    expect([said.status, said.body.error]).toEqual([
      status,
      { code, message: expect.stringMatching(message), target: 'r-2' },
    ]);
    expect(store.records()).toEqual([]);
  });
});

const failing: Intake = { accept: () => Promise.reject(new Error('the table is locked')) };
const silent: Intake = { accept: () => new Promise(() => undefined) };

describe('storage that does not take alerts', () => {
  it('is 503: they are to be sent again, and the log says why', async () => {
    const { answer, logged } = asking(() => ({ intake: failing }));
    const { status, headers, body } = await answer('/gateway/alerts', post({ alertId: id }, { 'x-request-id': 'r-3' }));
    expect([status, headers['retry-after']]).toEqual([503, '5']);
    expect(body.error).toEqual({
      code: 'ServiceUnavailable',
      message: 'Storage does not take the alerts. Send them again, which does no harm: each counts once.',
      target: 'r-3',
    });
    expect(logged.join()).toMatch(/r-3.*the table is locked/);
  });

  it('is 503 after 2.5 s where it is slow', async () => {
    const { ask, clock } = asking(() => ({ intake: silent }));
    const answering = ask('/gateway/alerts', post({ alertId: id }));
    let status: number | undefined;
    void answering.then((answered) => {
      status = answered.status;
    });
    await clock.advance(2499);
    expect(status).toBeUndefined();
    await clock.advance(1);
    expect(status).toBe(503);
    expect((await answering).body.error.message).toMatch(/^Not all alerts were recorded in time/);
  });

  it('is 503 as early where the request itself came slowly', async () => {
    const { ask, clock } = asking(() => ({ intake: silent }));
    const answering = ask('/gateway/alerts', { ...post({ alertId: id }), arrives: () => clock.sleep(2000) });
    let status: number | undefined;
    void answering.then((answered) => {
      status = answered.status;
    });
    await clock.advance(2000);
    await clock.advance(499);
    expect(status).toBeUndefined();
    await clock.advance(1);
    expect(status).toBe(503);
  });

  it('loses nothing where the sender does as it is told', async () => {
    let isDown = true;
    const { answer, store, queued } = asking(({ intake }) => ({
      intake: { accept: (alerts) => (isDown ? failing.accept(alerts) : intake.accept(alerts)) },
    }));
    await answer('/gateway/alerts', post({ alertId: id }));
    isDown = false;
    expect((await answer('/gateway/alerts', post({ alertId: id }))).status).toBe(202);
    expect([store.records().length, queued.length]).toEqual([1, 1]);
  });
});

describe('the link to an alert', () => {
  it.each(['ad/6450625369250ba3?#', 'da637308392288907382_-880718168', 'a+b&c=d'])(
    'leads to %s again',
    async (alertId) => {
      const { answer } = asking();
      const { status, headers } = await answer('/gateway/alerts', post({ alertId }));
      expect(status).toBe(202);
      const shown = await answer(headers.location ?? '');
      expect([shown.status, shown.body.alertId]).toEqual([200, alertId]);
    },
  );
});
