import { delivery, ended, recorded, rewritten, waitingAlert } from '../../enrichment/looking/support/alerts.ts';
import { asking, type World } from './support/asking.ts';

const { alertId: id, key } = waitingAlert();
const address = `/gateway/alerts/${id}`;

const waitingIn = async (world: World, seconds = 20) => {
  await recorded(world.store, waitingAlert({ due: world.clock.wall() + seconds * 1000 }));
  return world;
};

describe('GET /gateway/alerts/{id}', () => {
  it('shows an alert that waits, and when it is worth asking again', async () => {
    const { answer, clock } = await waitingIn(asking(), 19.2);
    const nextTry = new Date(clock.wall() + 19_200).toISOString();
    const { status, headers, body } = await answer(address, { headers: { 'x-request-id': 'r-1' } });
    expect([status, body]).toMatchObject([200, { alertId: id, state: 'waiting', nextTry, deliveries: [] }]);
    expect(headers).toMatchObject({ 'retry-after': '20', 'x-request-id': 'r-1', 'cache-control': 'private, no-cache' });
    expect(headers['preference-applied']).toBeUndefined();
  });

  it('says a second where the next try is due', async () => {
    const { answer } = await waitingIn(asking(), -60);
    expect((await answer(address)).headers['retry-after']).toBe('1');
  });

  it('shows what came of it, to the letter: this is where the link of a claim leads', async () => {
    const { answer, store } = await waitingIn(asking());
    const result = '{"specversion":"1.0","data":{"alert":{"n":12345678901234567890}}}';
    await ended(store, { result, deliveries: [delivery({ channel: 'webhook', isGivenUp: true, reason: 'gone' })] });
    const { status, headers, text, body } = await answer(address);
    expect([status, body]).toMatchObject([
      200,
      { state: 'enriched', deliveries: [{ channel: 'webhook', state: 'givenUp', reason: 'gone' }] },
    ]);
    expect(text).toContain(`,"result":${result}}`);
    expect(headers['retry-after']).toBeUndefined();
  });

  it.each([id.slice(2), id.toUpperCase(), encodeURIComponent(id)])('finds it as %s', async (spelling) => {
    const { answer } = await waitingIn(asking());
    expect((await answer(`/gateway/alerts/${spelling}`)).body.alertId).toBe(id);
  });

  it.each(['637308392288907382_-880718168', 'fa/some%2F?where#'])('finds %s', async (odd) => {
    const { answer, store } = asking();
    await recorded(store, waitingAlert({ alertId: odd, key: odd.replaceAll('%2F', '/').toLowerCase() }));
    expect((await answer(`/gateway/alerts/${encodeURIComponent(odd)}`)).body.alertId).toBe(odd);
  });

  it('is 404 for one that never came, and says how to send it', async () => {
    const { status, body } = await asking().answer(address, { headers: { 'x-request-id': 'r-2' } });
    expect([status, body.error]).toEqual([
      404,
      {
        code: 'ResourceNotFound',
        message: `There is no alert ${id} here, in neither of its two spellings. Send it first: POST /gateway/alerts with {"alertId":"${id}"}`,
        target: 'r-2',
      },
    ]);
  });

  it.each([
    ['/gateway/alerts/a%20b', expect.stringMatching(/^id: it holds a space/)],
    [`/gateway/alerts/${'a'.repeat(201)}`, 'id: it has 201 characters; an alert id has 200 at most'],
    [`${address}?wait=20`, "'wait' is not an option here. There are none"],
  ])('is 400 for %s', async (wrong, message) => {
    const { status, body } = await asking().answer(wrong);
    expect([status, body.error]).toMatchObject([400, { code: 'InvalidInput', message }]);
  });

  it('is 304 for who has it as it stands', async () => {
    const { answer, store } = await waitingIn(asking());
    const { headers } = await answer(address);
    const again = await answer(address, { headers: { 'if-none-match': headers.etag ?? '' } });
    expect([again.status, again.text]).toEqual([304, '']);
    await ended(store);
    expect((await answer(address, { headers: { 'if-none-match': headers.etag ?? '' } })).status).toBe(200);
  });
});

describe('GET /gateway/alerts/{id} with Prefer: wait=N', () => {
  const waiting = (seconds: number) => ({ headers: { prefer: `wait=${seconds}` } });

  it('is answered when the alert has ended', async () => {
    const { ask, clock, store } = await waitingIn(asking());
    const answering = ask(address, waiting(60));
    await clock.advance(5000);
    await ended(store);
    await clock.advance(2000);
    const { status, headers, body } = await answering;
    expect([status, body]).toMatchObject([200, { state: 'enriched', result: { id: '1' } }]);
    expect(headers['preference-applied']).toBe('wait=60');
  });

  it('shows it waiting where it has not ended by then', async () => {
    const { ask, clock, store } = await waitingIn(asking(), 120);
    const answering = ask(address, waiting(60));
    await rewritten(store, { reason: 'the quota is spent' }, undefined, key);
    await clock.advance(60_000);
    const { status, headers, body } = await answering;
    expect([status, body]).toMatchObject([200, { state: 'waiting', reason: 'the quota is spent' }]);
    expect(headers).toMatchObject({ 'retry-after': '60', 'preference-applied': 'wait=60' });
  });

  it('waits 200 s at most', async () => {
    const { ask, clock } = await waitingIn(asking());
    const answering = ask(address, waiting(900));
    await clock.advance(200_000);
    expect((await answering).headers['preference-applied']).toBe('wait=200');
  });

  it('does not wait for one that is not known', async () => {
    expect((await asking().answer(address, waiting(200))).status).toBe(404);
  });
});

describe('GET /gateway/alerts/{id} where storage can’t be read', () => {
  it('is 503, and the log says why', async () => {
    const { answer, logged } = asking(({ looking }) => ({
      looking: { ...looking, untilFinal: () => Promise.reject(new Error('ENOTFOUND account.example')) },
    }));
    const { status, headers, body } = await answer(address, { headers: { 'x-request-id': 'r-3' } });
    expect([status, headers['retry-after'], body.error.target]).toEqual([503, '5', 'r-3']);
    expect(body.error.message).not.toContain('account.example');
    expect(logged.join()).toMatch(/r-3.*account\.example/);
  });

  it('is 503 after 10 s where it does not answer, besides what the caller waits', async () => {
    const { ask, clock } = asking(({ looking }) => ({
      looking: { ...looking, untilFinal: () => new Promise(() => undefined) },
    }));
    const answers: number[] = [];
    for (const headers of [{}, { prefer: 'wait=20' }])
      void ask(address, { headers }).then(({ status }) => answers.push(status));
    await clock.advance(10_000);
    expect(answers).toEqual([503]);
    await clock.advance(20_000);
    expect(answers).toEqual([503, 503]);
  });
});
