import { sendTo } from '../../../bench/quota/process/sendTo.ts';
import { warmUp } from '../../../bench/quota/process/warmUp.ts';
import { startUpstream, type Upstream } from '../../../bench/quota/torture/upstream.ts';

let upstream: Upstream;
beforeEach(async () => {
  upstream = await startUpstream([{ calls: 2, seconds: 30 }]);
});
afterEach(() => upstream.stop());

describe('the upstream', () => {
  it('takes as many calls as it allows, refuses the next, and tells when to come back', async () => {
    const send = sendTo(upstream.url, 5);
    expect(await send('interactive', 12.5)).toEqual({ value: undefined });
    expect(await send('background', 0)).toEqual({ value: undefined });
    expect(await send('background', 0)).toEqual({ value: undefined, throttled: { retryAfterSeconds: 30 } });
  });

  it('notes who called, when, and whether it was refused', async () => {
    const send = sendTo(upstream.url, 5);
    await send('interactive', 12.5);
    await Promise.all([send('enrichment', 1), send('enrichment', 1)]);
    expect(upstream.arrivals.map(({ refused }) => refused)).toEqual([false, false, true]);
    expect(upstream.arrivals[0]).toMatchObject({ place: 5, priority: 'interactive', waitMs: 12.5 });
    const instants = upstream.arrivals.map(({ at }) => at);
    expect(instants).toEqual([...instants].sort((a, b) => a - b));
  });

  it('counts no connection that was only opened', async () => {
    await warmUp(upstream.url);
    expect(upstream.arrivals).toEqual([]);
  });
});
