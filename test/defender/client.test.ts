import type { Answer } from '../../src/defender/answer.ts';
import type { Question } from '../../src/defender/question.ts';
import { defenderOn, question } from '../support/defender.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { json, type Scripted, scriptedFetch } from '../support/scriptedFetch.ts';

const alert = question('alertMachine', { pathValue: 'da1_-2' });

interface Options {
  readonly asks?: Question;
  readonly waitMs?: number;
  readonly forMs?: number;
  readonly limits?: string;
  readonly tokenFault?: Error;
}

/** Asks, lets time go by as the clock of the test says, and gives the answer, or undefined where there is none yet. */
const play = async (script: readonly Scripted[], options: Options = {}) => {
  const { asks = alert, waitMs = 30_000, forMs = 60_000, limits = '100/60', tokenFault } = options;
  const clock = fakeClock(20);
  const { fetch, calls } = scriptedFetch(...script);
  const defender = defenderOn(clock, fetch, { limits, tokenFault });
  let answer: Answer | undefined;
  void defender
    .ask(asks.call, () => asks, { waitMs, priority: 'interactive' })
    .then((told) => {
      answer = told;
    });
  await clock.advance(forMs);
  return { answer, calls, clock, defender };
};

const text = (answer: Answer | undefined) =>
  answer?.kind === 'answered' ? new TextDecoder().decode(answer.body) : undefined;
const error = (code: string, message = 'no') => ({ error: { code, message, target: 'a' } });
const reset = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

describe('a question to Defender', () => {
  it('is one call, with our token, of which the answer comes back to the byte', async () => {
    const odd = '{"value":[ {"id":"1","new":null,"n":1.0} ]}';
    const { answer, calls } = await play([
      new Response(odd, { headers: { 'content-type': 'application/json', date: 'x', 'odata-version': '4.0' } }),
    ]);
    expect(calls).toEqual([
      {
        url: 'https://defender.example/api/alerts/da1_-2/machine',
        headers: {
          authorization: 'Bearer token 1',
          accept: 'application/json',
          'user-agent': 'defender-machine-gateway',
        },
        redirect: 'manual',
      },
    ]);
    expect(text(answer)).toBe(odd);
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json', 'odata-version': '4.0' },
    });
  });

  it.each([404, 400, 403, 500])('that Defender answers with %d is not asked again', async (status) => {
    const { answer, calls } = await play([json(error('X'), status)]);
    expect(answer).toMatchObject({ kind: 'answered', status });
    expect(text(answer)).toContain('"target":"a"');
    expect(calls).toHaveLength(1);
  });

  it.each([502, 503, 504])('is asked again after a %d, until it is answered', async (status) => {
    const { answer, calls } = await play([json(error('X'), status), json(error('X'), status), json({ id: '1' })]);
    expect(answer).toMatchObject({ kind: 'answered', status: 200 });
    expect(calls).toHaveLength(3);
  });

  it('is asked four times at most; then what Defender said last is told, and when to come back', async () => {
    const { answer, calls } = await play([json(error('Busy'), 503, { 'retry-after': '2' })]);
    expect(answer).toMatchObject({ kind: 'answered', status: 503, headers: { 'retry-after': '2' } });
    expect(calls).toHaveLength(4);
  });

  it('is asked again after a broken connection', async () => {
    const { answer, calls } = await play([reset(), json({ id: '1' })]);
    expect(answer).toMatchObject({ kind: 'answered', status: 200 });
    expect(calls).toHaveLength(2);
  });

  it('is answered with the reason when the connection stays broken', async () => {
    const { answer, calls } = await play([reset()]);
    expect(answer).toEqual({ kind: 'unreachable', reason: 'the connection to Defender failed: read ECONNRESET' });
    expect(calls).toHaveLength(4);
  });

  it('waits as long as a 429 says, where the caller can', async () => {
    const quota = {
      error: { code: '429', message: 'API calls quota exceeded! You can send requests again in 8 seconds.' },
    };
    const before = await play([json(quota, 429), json({ id: '1' })], { forMs: 7_900 });
    expect(before.calls).toHaveLength(1);
    await before.clock.advance(300);
    expect(before.calls).toHaveLength(2);
  });

  it('tells the wait of a 429 that the caller cannot', async () => {
    const quota = {
      error: { code: '429', message: 'API calls quota exceeded! You can send requests again in 8 seconds.' },
    };
    const { answer, calls } = await play([json(quota, 429)], { waitMs: 5000 });
    expect(answer).toMatchObject({
      kind: 'throttled',
      retryAfterSeconds: 8,
      message: expect.stringContaining('quota exceeded'),
    });
    expect(calls).toHaveLength(1);
  });

  it('takes a permit for each attempt', async () => {
    const { answer, calls } = await play([json(error('X'), 503)], { limits: '2/600' });
    expect(calls).toHaveLength(2);
    expect(answer).toMatchObject({ kind: 'answered', status: 503 });
  });

  it('refreshes the token once after a 401', async () => {
    const { answer, calls } = await play([json(error('Unauthorized'), 401), json({ id: '1' })]);
    expect(calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer token 1', 'Bearer token 2']);
    expect(answer).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('reports a 401 that stays, and says whose credential was refused', async () => {
    const { answer, calls } = await play([json(error('Unauthorized', 'Account mode is inactive'), 401)]);
    expect(calls).toHaveLength(2);
    expect(answer).toMatchObject({
      kind: 'answered',
      status: 401,
      warning: expect.stringContaining("gateway's own token"),
    });
    expect(text(answer)).toContain('Account mode is inactive');
  });

  it('never follows a redirect', async () => {
    const { answer, calls } = await play([
      new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
    ]);
    expect(calls).toHaveLength(1);
    expect(answer).toMatchObject({ kind: 'unreachable', reason: expect.stringContaining('redirect (302)') });
  });

  it.each([
    ['a page of HTML', new Response('<html></html>', { headers: { 'content-type': 'text/html' } })],
    ['a body that breaks off', new Response('{"value":[', { headers: { 'content-type': 'application/json' } })],
  ])('takes %s for no answer, and asks again', async (_, garbage) => {
    const { answer, calls } = await play([garbage, json({ id: '1' })]);
    expect(calls).toHaveLength(2);
    expect(answer).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('is given up when the caller’s time is over', async () => {
    const { answer } = await play(['silence'], { waitMs: 3000, forMs: 2900 });
    expect(answer).toBeUndefined();
    const { answer: late } = await play(['silence'], { waitMs: 3000, forMs: 3100 });
    expect(late).toEqual({ kind: 'late', reason: 'Defender did not answer in the time there was' });
  });

  it('is refused in time for the caller when the quota is spent', async () => {
    const { defender, clock, calls } = await play([json({ id: '1' })], { limits: '1/60', forMs: 100 });
    let answer: Answer | undefined;
    void defender
      .ask(alert.call, () => alert, { waitMs: 5000, priority: 'interactive' })
      .then((told) => {
        answer = told;
      });
    await clock.advance(100);
    expect(answer).toMatchObject({
      kind: 'throttled',
      message: expect.stringContaining('1 calls in 60 s is spent. Wait 62 s'),
    });
    expect(calls).toHaveLength(1);
  });

  it('is not sent, and no quota is spent, while the identity gives no token', async () => {
    const { answer, calls } = await play([json({ id: '1' })], {
      limits: '1/60',
      tokenFault: new Error('no such identity'),
    });
    expect(answer).toMatchObject({ kind: 'closed', reason: expect.stringContaining('no such identity') });
    expect(calls).toEqual([]);
  });

  it('says that the answer for a domain may be cut, at 500 machines and not before', async () => {
    const asks = question('domainMachines', { pathValue: 'contoso.com' });
    const machines = (count: number) => json({ value: Array.from({ length: count }, (_, id) => ({ id })) });
    expect((await play([machines(500)], { asks })).answer).toMatchObject({
      warning: expect.stringContaining('500 machines'),
    });
    expect((await play([machines(499)], { asks })).answer).not.toHaveProperty('warning');
  });

  it('asks Graph for security states', async () => {
    const asks = question('machineSecurityStates', { query: [['$skiptoken', 'a+b']] });
    const { calls } = await play([json({ value: [] })], { asks });
    expect(calls[0]?.url).toBe('https://graph.example/testwdatppreview/machinesecuritystates?$skiptoken=a%2Bb');
  });

  it('is made up when the call is about to be sent, so that what came meanwhile can travel with it', async () => {
    const clock = fakeClock(20);
    const { fetch, calls } = scriptedFetch(json({ id: '1' }));
    let asks = alert;
    const answered = defenderOn(clock, fetch).ask(alert.call, () => asks, { waitMs: 1000, priority: 'interactive' });
    asks = question('alertMachine', { pathValue: 'da2' });
    await clock.advance(100);
    expect(await answered).toMatchObject({ status: 200 });
    expect(calls.map(({ url }) => url)).toEqual(['https://defender.example/api/alerts/da2/machine']);
  });

  it('costs nothing once nobody wants the answer any more', async () => {
    const { defender, clock, calls } = await play([json({ id: '1' })], { limits: '1/6', forMs: 100 });
    const over = new AbortController();
    const options = { waitMs: 30_000, priority: 'interactive', signal: over.signal } as const;
    const answered = defender.ask(alert.call, () => alert, options);
    await clock.advance(100);
    over.abort();
    expect(await answered).toMatchObject({ kind: 'closed' });
    await clock.advance(30_000);
    expect(calls).toHaveLength(1);
  });
});
