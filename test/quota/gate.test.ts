import { atOnce, fullest, setUp, tracked } from './support/gates.ts';
import { rowOf, widened } from './support/ledgerRows.ts';

describe('the gate', () => {
  it('lets the whole quota through at once, and the next call when the first has left the widened window', async () => {
    const { clock, sent, gate, ask } = setUp();
    const through = gate();
    const calls = Array.from({ length: 21 }, () => ask(through, 30_000));
    await clock.advance(100);
    expect(sent).toHaveLength(20);
    const [window = 0] = widened(rowOf('20/6'));
    await clock.advance(window - 110);
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
    const through = gate('4/6');
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
    expect(fullest(sent, 6)).toBeLessThanOrEqual(20);
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
    const after = gate('12/6');
    for (let i = 0; i < 10; i++) ask(after, 0);
    await clock.advance(100);
    expect(sent).toHaveLength(12);
    for (let i = 0; i < 10; i++) ask(before, 0);
    await clock.advance(100);
    expect(sent).toHaveLength(12);
  });

  it('serves whose time is over first, and refuses nobody for whom the ledger has a slot', async () => {
    const { clock, sent, gate, ask } = setUp();
    const [one, other] = [gate('2/6'), gate('2/6')];
    for (let i = 0; i < 2; i++) ask(one, 0);
    await clock.advance(1000);
    for (let i = 0; i < 2; i++) ask(other, 8000);
    await clock.advance(100);
    const patient = ask(one, 30_000);
    await clock.advance(100);
    const hasty = ask(one, 14_000);
    await clock.advance(16_000);
    expect([patient.passage?.kind, hasty.passage?.kind]).toEqual(['sent', 'sent']);
    expect(fullest(sent, 6)).toBeLessThanOrEqual(2);
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

  it('gives a slot that falls due to the highest class that waits, whoever’s it was', async () => {
    const { clock, names, gate, ask, send } = setUp();
    const through = gate('1/6');
    ask(through, 0);
    await clock.advance(100);
    for (const by of ['background', 'enrichment', 'interactive'] as const) {
      ask(through, 120_000, by, send(by));
      await clock.advance(100);
    }
    await clock.advance(7000);
    expect(names).toEqual(['', 'interactive']);
    await clock.advance(7000);
    expect(names).toEqual(['', 'interactive', 'enrichment']);
    await clock.advance(40_000);
    expect(names).toEqual(['', 'interactive', 'enrichment', 'background']);
  });

  it('lets who comes while a slot nobody wanted is due have it at once', async () => {
    const { clock, sent, names, gate, ask, send } = setUp();
    const through = gate('1/60');
    ask(through, 0);
    await clock.advance(100);
    ask(through, 62_000, 'background', send('background'));
    await clock.advance(100);
    ask(through, 200_000, 'interactive', send('first'));
    await clock.advance(123_500);
    expect(names).toEqual(['', 'first']);
    const before = sent.length;
    ask(through, 0, 'interactive', send('second'));
    await clock.advance(100);
    expect(sent.length).toBe(before + 1);
  });
});

describe('a caller whose turn is of no use any more', () => {
  it('leaves the line, and the slot it would have had serves the next', async () => {
    const { clock, sent, names, gate, ask, send } = setUp();
    const through = gate('2/6');
    for (let i = 0; i < 2; i++) ask(through, 30_000);
    await clock.advance(100);
    const over = new AbortController();
    const left = tracked(
      through.pass({ waitMs: 30_000, priority: 'interactive', signal: over.signal }, send('who left')),
    );
    await clock.advance(100);
    const stayed = ask(through, 30_000, 'interactive', send('who stayed'));
    over.abort();
    await clock.advance(0);
    expect(left.passage).toMatchObject({ kind: 'closed', reason: 'the caller has left' });
    await clock.advance(12_000);
    expect(stayed.passage?.kind).toBe('sent');
    expect(names).not.toContain('who left');
    expect(sent).toHaveLength(3);
  });

  it('gets its answer where it had been sent before', async () => {
    const { clock, gate, send } = setUp();
    const over = new AbortController();
    const through = gate();
    let answer: (value: { value: string }) => void = () => undefined;
    const asked = tracked(
      through.pass(
        { ...atOnce, signal: over.signal },
        send('', () => new Promise((resolve) => (answer = resolve))),
      ),
    );
    await clock.advance(100);
    over.abort();
    answer({ value: 'late, but there' });
    await clock.advance(0);
    expect(asked.passage).toEqual({ kind: 'sent', value: 'late, but there' });
  });
});
