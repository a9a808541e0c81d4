import { createGate, type Gate, type Passage } from '../../src/quota/gate.ts';
import { guarded, timingFor } from '../../src/quota/guard.ts';
import { type Ledger, LostAnswer } from '../../src/quota/ledger.ts';
import { type Limit, parseLimits } from '../../src/quota/limits.ts';
import { memoryLedger } from '../../src/quota/memoryLedger.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { quietLog } from '../support/quietLog.ts';

const limits = parseLimits('20/6');
const timing = timingFor(limits);

const atOnce = { waitMs: 0, priority: 'interactive' } as const;

const setUp = (wrap: (ledger: Ledger) => Ledger = (ledger) => ledger) => {
  const clock = fakeClock();
  const store = memoryLedger(clock);
  const ledger = wrap(store);
  const sent: number[] = [];
  const gate = (more: { concurrency?: number; limits?: readonly Limit[] } = {}) =>
    createGate({ ledger, clock, log: quietLog, limits, newLedger: 'unused', concurrency: 100, ...more });
  const send = async () => {
    sent.push(clock.monotonic());
    return { value: 'answer' };
  };
  const ask = (through: Gate, waitMs: number) => tracked(through.pass({ waitMs, priority: 'interactive' }, send));
  return { clock, store, sent, gate, send, ask };
};

/** A promise whose outcome a test can look at without waiting for it. */
const tracked = <T>(promise: Promise<Passage<T>>) => {
  const seen: { passage?: Passage<T>; fault?: unknown } = {};
  promise.then(
    (passage) => Object.assign(seen, { passage }),
    (fault) => Object.assign(seen, { fault }),
  );
  return seen;
};

/** A store whose first answers to writes are lost, though it wrote. */
const losing =
  (times: number) =>
  (ledger: Ledger): Ledger => {
    let left = times;
    return {
      ...ledger,
      async swap(from, next) {
        const swap = await ledger.swap(from, next);
        left -= 1;
        if (left >= 0) throw new LostAnswer('lost');
        return swap;
      },
    };
  };

const fullest = (sent: readonly number[], { calls: _, seconds }: Limit) =>
  Math.max(0, ...sent.map((from) => sent.filter((at) => at >= from && at < from + seconds * 1000).length));

describe('the gate', () => {
  it('lets the whole quota through at once, and the next call when the first has left the widened window', async () => {
    const { clock, sent, gate, ask } = setUp();
    const through = gate();
    const calls = Array.from({ length: 21 }, () => ask(through, 30_000));
    await clock.advance(100);
    expect(sent).toHaveLength(20);
    const [window] = guarded(limits, timing);
    await clock.advance((window?.milliseconds ?? 0) - 110);
    expect(sent).toHaveLength(20);
    await clock.advance(200);
    expect(sent).toHaveLength(21);
    expect(calls.every(({ passage }) => passage?.kind === 'sent' && passage.value === 'answer')).toBe(true);
  });

  it('tells a caller who cannot wait when to come back, and is right', async () => {
    const { clock, sent, gate, ask } = setUp();
    const through = gate();
    for (let i = 0; i < 20; i++) ask(through, 30_000);
    await clock.advance(1000);
    const refused = ask(through, 0);
    await clock.advance(50);
    expect(refused.passage).toMatchObject({ kind: 'refused', limit: { calls: 20, seconds: 6 } });
    const seconds = refused.passage?.kind === 'refused' ? refused.passage.retryAfterSeconds : 0;
    expect(seconds).toBe(6);
    await clock.advance(seconds * 1000);
    const again = ask(through, 0);
    await clock.advance(50);
    expect(again.passage?.kind).toBe('sent');
    expect(sent).toHaveLength(21);
  });

  it('lets twelve through who were refused together and obey', async () => {
    const { clock, gate, ask } = setUp();
    const through = gate({ limits: parseLimits('4/6') });
    for (let i = 0; i < 4; i++) ask(through, 0);
    await clock.advance(1000);
    const refused = Array.from({ length: 12 }, () => ask(through, 0));
    await clock.advance(50);
    const returns = await Promise.all(
      refused.map(async ({ passage }) => {
        expect(passage?.kind).toBe('refused');
        return passage?.kind === 'refused' ? passage.retryAfterSeconds : 0;
      }),
    );
    const answers: ReturnType<typeof ask>[] = [];
    for (let second = 1; second <= Math.max(...returns); second++) {
      await clock.advance(1000);
      for (const _ of returns.filter((seconds) => seconds === second)) answers.push(ask(through, 0));
    }
    await clock.advance(50);
    expect(answers.map(({ passage }) => passage?.kind)).toEqual(Array(12).fill('sent'));
  });

  it('keeps one quota for all processes that share the ledger', async () => {
    const { clock, sent, gate, ask } = setUp();
    const gates = [gate(), gate(), gate()];
    for (let i = 0; i < 90; i++) ask(gates[i % 3] ?? gate(), 60_000);
    await clock.advance(40_000);
    expect(sent).toHaveLength(90);
    expect(fullest(sent, { calls: 20, seconds: 6 })).toBeLessThanOrEqual(20);
  });

  it('never sends a slot that fell due while the process was busy; the call goes with a later one', async () => {
    const { clock, sent, gate, ask } = setUp();
    const through = gate();
    for (let i = 0; i < 20; i++) ask(through, 0);
    await clock.advance(1000);
    const waiting = ask(through, 30_000);
    await clock.advance(4000);
    const due = clock.monotonic();
    clock.stall(5000);
    await clock.advance(2000);
    expect(waiting.passage?.kind).toBe('sent');
    expect(sent.at(-1)).toBeGreaterThanOrEqual(due + 5000);
  });

  it('books anew, and packs close again, what is still far off when slots were late', async () => {
    let busyFor = 300;
    const { clock, sent, gate, ask } = setUp((ledger) => ({
      ...ledger,
      async swap(from, next) {
        const swap = await ledger.swap(from, next);
        clock.stall(busyFor);
        busyFor = 0;
        return swap;
      },
    }));
    const through = gate();
    for (let i = 0; i < 40; i++) ask(through, 30_000);
    await clock.advance(500);
    expect(sent).toHaveLength(20);
    await clock.advance(7000);
    expect(sent).toHaveLength(40);
  });

  it('asks the store for the time again after a freeze, before it sends anything', async () => {
    const stamps: number[] = [];
    const { clock, gate, ask, sent } = setUp((ledger) => ({
      ...ledger,
      stamp() {
        stamps.push(1);
        return ledger.stamp();
      },
    }));
    const through = gate();
    for (let i = 0; i < 20; i++) ask(through, 0);
    await clock.advance(1000);
    const waiting = ask(through, 30_000);
    await clock.advance(1000);
    expect(stamps).toHaveLength(1);
    clock.freeze(60_000);
    await clock.advance(8000);
    expect(stamps.length).toBeGreaterThan(1);
    expect(waiting.passage?.kind).toBe('sent');
    expect(sent).toHaveLength(21);
  });

  it('books nothing for a caller while as many calls as may be are under way, and says what keeps it', async () => {
    const { clock, store, gate, ask } = setUp();
    const through = gate({ concurrency: 1 });
    const slow = tracked(through.pass(atOnce, () => clock.sleep(3000).then(() => ({ value: 'slow' }))));
    await clock.advance(50);
    const left = ask(through, 1000);
    await clock.advance(2500);
    expect(left.passage).toMatchObject({ kind: 'closed', reason: expect.stringContaining('UPSTREAM_CONCURRENCY') });
    expect(slow.passage).toBeUndefined();
    const kept = await store.read();
    expect([...(kept?.row.log ?? []), ...(kept?.row.held ?? [])]).toHaveLength(1);
  });

  it('closes after five failed rounds, sends nothing, and opens again with the store', async () => {
    let isDown = true;
    const { clock, sent, gate, ask } = setUp((ledger) => ({
      ...ledger,
      stamp: () => (isDown ? Promise.reject(new Error('connect ECONNREFUSED')) : ledger.stamp()),
    }));
    const through = gate();
    const refused = ask(through, 20_000);
    await clock.advance(6200);
    expect(refused.passage).toMatchObject({
      kind: 'closed',
      reason: 'the quota ledger in Table storage cannot be reached',
    });
    expect(sent).toEqual([]);
    const next = ask(through, 20_000);
    await clock.advance(10);
    expect(next.passage?.kind).toBe('closed');
    isDown = false;
    const served = ask(through, 20_000);
    await clock.advance(100);
    expect(served.passage?.kind).toBe('sent');
  });

  it('stays closed on a ledger of a newer gateway, and says why', async () => {
    const { clock, store, sent, gate, ask } = setUp();
    store.overwrite({ format: 99 });
    const refused = ask(gate(), 20_000);
    await clock.advance(100);
    expect(refused.passage).toMatchObject({
      kind: 'closed',
      reason: expect.stringContaining('written by a newer gateway'),
    });
    expect(sent).toEqual([]);
  });

  it('books once when the answer of a write is lost', async () => {
    const { clock, store, sent, gate, ask } = setUp(losing(1));
    const call = ask(gate(), 1000);
    await clock.advance(100);
    expect(call.passage?.kind).toBe('sent');
    expect(sent).toHaveLength(1);
    const kept = await store.read();
    expect(kept?.row.seq).toBe(1);
    expect(kept?.row.held).toHaveLength(1);
  });

  it('gives back what it may have booked when it could not confirm it, and never uses its number again', async () => {
    const { clock, store, sent, gate, ask } = setUp(losing(3));
    const call = ask(gate(), 5000);
    await clock.advance(400);
    expect(call.passage?.kind).toBe('sent');
    expect(sent).toHaveLength(1);
    expect((await store.read())?.row.held.map(({ number }) => number)).toEqual([2]);
  });

  it('shares one write among all who ask at a moment', async () => {
    let writes = 0;
    const { clock, sent, gate, ask } = setUp((ledger) => ({
      ...ledger,
      swap(...args) {
        writes += 1;
        return ledger.swap(...args);
      },
    }));
    const through = gate();
    for (let i = 0; i < 20; i++) ask(through, 1000);
    await clock.advance(50);
    expect(sent).toHaveLength(20);
    expect(writes).toBeLessThanOrEqual(2);
  });

  it('passes a fault of the call on to its caller, and to nobody else', async () => {
    const { clock, gate, ask } = setUp();
    const through = gate();
    const broken = tracked(through.pass(atOnce, () => Promise.reject(new Error('reset'))));
    const whole = ask(through, 0);
    await clock.advance(100);
    expect(broken.fault).toEqual(new Error('reset'));
    expect(whole.passage?.kind).toBe('sent');
  });

  it('keeps to the limits in the ledger, and to new ones from the moment they are set', async () => {
    const { clock, sent, gate, ask } = setUp();
    const before = gate();
    for (let i = 0; i < 10; i++) ask(before, 0);
    await clock.advance(100);
    const after = gate({ limits: parseLimits('12/6') });
    for (let i = 0; i < 10; i++) ask(after, 0);
    await clock.advance(100);
    expect(sent).toHaveLength(12);
    for (let i = 0; i < 10; i++) ask(before, 0);
    await clock.advance(100);
    expect(sent).toHaveLength(12);
  });

  it('gives back a slot that nobody wants any more', async () => {
    const { clock, store, gate, ask } = setUp();
    const through = gate({ concurrency: 1 });
    ask(through, 0);
    const slow = tracked(through.pass(atOnce, () => clock.sleep(3000).then(() => ({ value: 'slow' }))));
    await clock.advance(2500);
    expect(slow.passage).toBeUndefined();
    const kept = await store.read();
    expect([...(kept?.row.log ?? []), ...(kept?.row.held ?? [])]).toHaveLength(2);
  });

  it('serves whose time is over first, and refuses nobody for whom the ledger has a slot', async () => {
    const { clock, sent, gate, ask } = setUp();
    const [one, other] = [gate({ limits: parseLimits('2/6') }), gate({ limits: parseLimits('2/6') })];
    for (let i = 0; i < 2; i++) ask(one, 0);
    await clock.advance(1000);
    for (let i = 0; i < 2; i++) ask(other, 8000);
    await clock.advance(100);
    const patient = ask(one, 30_000);
    await clock.advance(100);
    const hasty = ask(one, 14_000);
    await clock.advance(16_000);
    expect([patient.passage?.kind, hasty.passage?.kind]).toEqual(['sent', 'sent']);
    expect(fullest(sent, { calls: 2, seconds: 6 })).toBeLessThanOrEqual(2);
  });

  it('forgets callers who left while all calls were stuck, and serves the next one at once', async () => {
    const { clock, gate, ask } = setUp();
    const through = gate({ concurrency: 1, limits: parseLimits('500/60') });
    const stuck = tracked(through.pass(atOnce, () => clock.sleep(20_000).then(() => ({ value: 'stuck' }))));
    await clock.advance(100);
    const left = Array.from({ length: 300 }, () => ask(through, 0));
    await clock.advance(19_950);
    expect(stuck.passage?.kind).toBe('sent');
    expect(new Set(left.map(({ passage }) => passage?.kind))).toEqual(new Set(['closed']));
    const next = ask(through, 0);
    await clock.advance(50);
    expect(next.passage?.kind).toBe('sent');
  });

  it('does not wait for ever for a store that does not answer', async () => {
    let isHung = true;
    const { clock, sent, gate, ask } = setUp((ledger) => ({
      ...ledger,
      read: () => (isHung ? new Promise(() => {}) : ledger.read()),
    }));
    const through = gate();
    const refused = ask(through, 3000);
    await clock.advance(4000);
    expect(refused.passage).toMatchObject({ kind: 'closed' });
    expect(sent).toEqual([]);
    isHung = false;
    await clock.advance(10_000);
    const served = ask(through, 3000);
    await clock.advance(3000);
    expect(served.passage?.kind).toBe('sent');
  });

  it('keeps what others booked when the ledger was lost under it and begun anew', async () => {
    const { clock, store, sent, gate, ask } = setUp();
    const old = gate();
    for (let i = 0; i < 20; i++) ask(old, 0);
    await clock.advance(8000);
    ask(old, 0);
    await clock.advance(3000);
    store.remove();
    const fresh = gate();
    for (let i = 0; i < 19; i++) ask(fresh, 0);
    await clock.advance(100);
    for (let i = 0; i < 20; i++) ask(old, 3000);
    await clock.advance(3000);
    expect(sent).toHaveLength(40);
  });
});
