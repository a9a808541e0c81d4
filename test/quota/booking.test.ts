import { type Ledger, LostAnswer } from '../../src/quota/ledger.ts';
import { atOnce, setUp, tracked } from './support/gates.ts';

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

describe('callers who wait', () => {
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

  it('books nothing for a caller while as many calls as may be are under way, and says what keeps it', async () => {
    const { clock, gate, ask, booked } = setUp();
    const through = gate('20/6', { concurrency: 1 });
    const slow = tracked(through.pass(atOnce, () => clock.sleep(3000).then(() => ({ value: 'slow' }))));
    await clock.advance(50);
    const left = ask(through, 1000);
    await clock.advance(2500);
    expect(left.passage).toMatchObject({ kind: 'closed', reason: expect.stringContaining('UPSTREAM_CONCURRENCY') });
    expect(slow.passage).toBeUndefined();
    expect(await booked()).toHaveLength(1);
  });

  it('closes after five failed rounds, sends nothing, and opens again with the store', async () => {
    let isDown = true;
    const { clock, sent, gate, ask } = setUp((ledger) => ({
      ...ledger,
      stamp: () => (isDown ? Promise.reject(new Error('connect ECONNREFUSED')) : ledger.stamp()),
    }));
    const through = gate('20/6', { random: () => 0.999 });
    const refused = ask(through, 20_000);
    await clock.advance(4700);
    expect(refused.passage).toBeUndefined();
    await clock.advance(1500);
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

  it('gives back a slot that nobody wants any more', async () => {
    const { clock, gate, ask, booked } = setUp();
    const through = gate('20/6', { concurrency: 1 });
    ask(through, 0);
    const slow = tracked(through.pass(atOnce, () => clock.sleep(3000).then(() => ({ value: 'slow' }))));
    await clock.advance(2500);
    expect(slow.passage).toBeUndefined();
    expect(await booked()).toHaveLength(2);
  });

  it('forgets callers who left while all calls were stuck, and serves the next one at once', async () => {
    const { clock, gate, ask } = setUp();
    const through = gate('500/60', { concurrency: 1 });
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

  it('are refused on the moment their time is over, neither before nor later', async () => {
    const { clock, gate, ask } = setUp();
    const through = gate('20/6', { concurrency: 1 });
    tracked(through.pass(atOnce, () => clock.sleep(60_000).then(() => ({ value: 'stuck' }))));
    await clock.advance(100);
    const waiting = ask(through, 3000);
    await clock.advance(3000 + 149);
    expect(waiting.passage).toBeUndefined();
    await clock.advance(1);
    expect(waiting.passage?.kind).toBe('closed');
  });

  it('ask nothing of the store while their class was told to ask later, however many come', async () => {
    const { clock, gate, ask } = setUp();
    const through = gate('100/60,1500/3600');
    for (let i = 0; i < 30; i++) ask(through, 600_000, 'background');
    await clock.advance(100);
    const { reads, writes, stamps } = through.transactions;
    const more = Array.from({ length: 20 }, () => ask(through, 600_000, 'background'));
    await clock.advance(500);
    expect(through.transactions).toMatchObject({ reads, writes, stamps });
    expect(more.map(({ passage }) => passage)).toEqual(Array(20).fill(undefined));
    await clock.advance(60_000);
    expect(through.transactions.writes).toBeGreaterThan(writes);
  });

  it('are refused at once where their class waits longer than they can', async () => {
    const { clock, gate, ask } = setUp();
    const through = gate('100/60,1500/3600');
    for (let i = 0; i < 40; i++) ask(through, 600_000, 'background');
    await clock.advance(100);
    const { writes } = through.transactions;
    const hasty = ask(through, 1000, 'background');
    await clock.advance(10);
    expect(hasty.passage).toMatchObject({ kind: 'refused', limit: { calls: 1500, seconds: 3600 } });
    expect(through.transactions.writes).toBe(writes);
  });

  it('are all refused when the gate closes, and what it held is given back', async () => {
    const { clock, store, gate, ask, booked } = setUp();
    const through = gate('4/6');
    for (let i = 0; i < 8; i++) ask(through, 30_000);
    await clock.advance(100);
    const waiting = ask(through, 30_000, 'background');
    await clock.advance(100);
    expect((await store.read())?.row.held.length).toBeGreaterThan(4);
    await through.close();
    expect(waiting.passage).toMatchObject({ kind: 'closed', reason: expect.stringContaining('shutting down') });
    expect(await booked()).toHaveLength(4);
    const late = ask(through, 30_000);
    await clock.advance(10);
    expect(late.passage).toMatchObject({ kind: 'closed', reason: expect.stringContaining('shutting down') });
  });

  it('have what was being booked for them given back as well, before the gate is closed', async () => {
    let isGone = false;
    const { clock, sent, gate, ask, booked } = setUp((ledger) => ({
      ...ledger,
      swap: (...args) => (isGone ? new Promise(() => {}) : clock.sleep(300).then(() => ledger.swap(...args))),
    }));
    const through = gate('4/6');
    for (let i = 0; i < 4; i++) ask(through, 30_000);
    await clock.advance(100);
    void through.close().then(() => {
      isGone = true;
    });
    await clock.advance(2000);
    expect(isGone).toBe(true);
    expect(sent).toEqual([]);
    expect(await booked()).toEqual([]);
  });
});
