import { readTraceparent, traceOf } from '../../src/trace.ts';
import { defenderOn, question } from '../support/defender.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { recordedLog } from '../support/recordedLog.ts';
import { json, scriptedFetch } from '../support/scriptedFetch.ts';

const asks = question('alertMachine', { pathValue: 'da1_-2' });
const trace = traceOf('request-1', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');

/** Asks within a trace, for these requests. */
const play = async (answers: readonly Response[], askedBy?: () => readonly string[]) => {
  const clock = fakeClock(20);
  const log = recordedLog();
  const { fetch, calls } = scriptedFetch(...answers);
  const defender = defenderOn(clock, fetch, { log, trace: () => trace });
  const options = { waitMs: 30_000, priority: 'interactive' as const, ...(askedBy && { askedBy }) };
  void defender.ask(asks.call, () => asks, options);
  await clock.advance(20_000);
  return { calls, log };
};

describe('a call to Defender', () => {
  it('is of the trace of its request, under a parent id of its own each time that it is tried', async () => {
    const { calls } = await play([json({}, 503), json({}, 503), json({})]);
    const sent = calls.map(({ headers }) => headers.traceparent);
    expect(sent).toHaveLength(3);
    expect(new Set(sent).size).toBe(3);
    expect(sent.map(readTraceparent)).toEqual(Array(3).fill({ traceId: trace.traceId, flags: '01' }));
    expect(sent.join()).not.toContain('b7ad6b7169203331');
    expect(calls.map(({ headers }) => headers['x-request-id'])).toEqual(Array(3).fill('request-1'));
  });

  it('that several requests share is told of in the log, with all of them', async () => {
    const { log } = await play([json({})], () => ['request-1', 'request-2']);
    expect(log.lines).toEqual([
      {
        level: 'info',
        message: 'A call was made for several requests',
        call: 'alertMachine',
        requests: 'request-1 request-2',
      },
    ]);
  });

  it('names thirty of them at most', async () => {
    const { log } = await play([json({})], () => Array.from({ length: 42 }, (_, at) => `r${at}`));
    expect(log.lines[0]?.requests).toMatch(/^r0 r1 .* r29 and 12 more$/);
  });

  it('of one request alone is not worth a line', async () => {
    expect((await play([json({})], () => ['request-1'])).log.lines).toEqual([]);
  });

  it('says that Defender refused the gateway’s own token, and nothing of what it said', async () => {
    const { log } = await play([json({ error: { code: 'Forbidden', message: 'secret' } }, 403)], () => ['request-1']);
    expect(log.lines).toEqual([
      { level: 'warn', message: 'Defender refused the gateway itself', call: 'alertMachine', status: 403 },
    ]);
  });
});
