import type { Sent } from '../../src/quota/gate.ts';
import type { Ledger } from '../../src/quota/ledger.ts';
import { setUp } from './support/gates.ts';

/** A call that is answered after so long, with a 429 that asks for some seconds or well. */
const answering = (wrap?: (ledger: Ledger) => Ledger) => {
  const world = setUp(wrap);
  const { clock, send } = world;
  const answer = (name: string, tookMs: number, retryAfterSeconds?: number) =>
    send(name, async (): Promise<Sent<string>> => {
      await clock.sleep(tookMs);
      return { value: name, throttled: retryAfterSeconds === undefined ? undefined : { retryAfterSeconds } };
    });
  /** Calls since the start of the test, with their names. */
  const started = clock.monotonic();
  const calls = () => world.sent.map((at, i) => [world.names[i], at - started] as const);
  return { ...world, answer, calls };
};

describe('a 429 of Defender’s', () => {
  it('is handed to its caller, and stops its own process until it is over', async () => {
    const { clock, gate, ask, answer, calls } = answering();
    const through = gate();
    const refused = ask(through, 0, 'interactive', answer('refused', 100, 3));
    await clock.advance(200);
    expect(refused.passage).toEqual({ kind: 'sent', value: 'refused' });
    const hasty = ask(through, 0, 'interactive', answer('hasty', 10));
    ask(through, 20_000, 'interactive', answer('patient', 10));
    await clock.advance(50);
    expect(hasty.passage).toMatchObject({ kind: 'refused', because: 'blocked' });
    await clock.advance(4000);
    expect(calls().map(([name]) => name)).toEqual(['refused', 'patient']);
    expect(calls()[1]?.[1]).toBeGreaterThanOrEqual(3100);
  });

  it('stops another process on the same ledger, which looks at it before it sends what it holds', async () => {
    const { clock, gate, ask, answer, calls } = answering();
    const [one, other] = [gate('4/6'), gate('4/6')];
    ask(one, 0, 'interactive', answer('slow 429', 3000, 10));
    for (let i = 0; i < 3; i++) ask(one, 0, 'interactive', answer('one', 10));
    await clock.advance(100);
    for (let i = 0; i < 2; i++) ask(other, 30_000, 'interactive', answer('other', 10));
    await clock.advance(12_900);
    expect(calls()).toHaveLength(4);
    await clock.advance(10_000);
    expect(calls().filter(([name]) => name === 'other')).toHaveLength(2);
    expect(calls()[4]?.[1]).toBeGreaterThanOrEqual(13_000);
  });

  it('stops its own process before the ledger has heard of it', async () => {
    let takesMs = 0;
    const { clock, gate, ask, answer, calls } = answering((ledger) => ({
      ...ledger,
      swap: (...args) => clock.sleep(takesMs).then(() => ledger.swap(...args)),
    }));
    const through = gate('2/6');
    ask(through, 0, 'interactive', answer('429', 6400, 3));
    ask(through, 0, 'interactive', answer('well', 10));
    await clock.advance(100);
    ask(through, 30_000, 'interactive', answer('held', 10));
    await clock.advance(100);
    takesMs = 400;
    await clock.advance(9000);
    expect(calls()).toHaveLength(2);
    await clock.advance(5000);
    expect(calls()).toHaveLength(3);
  });

  it('lets one call go first when it is over, and the others when that was answered', async () => {
    const { clock, gate, ask, answer, calls } = answering();
    const gates = [gate(), gate()];
    ask(gates[0] ?? gate(), 0, 'interactive', answer('429', 100, 3));
    await clock.advance(200);
    for (const through of gates) for (let i = 0; i < 2; i++) ask(through, 30_000, 'interactive', answer('well', 400));
    await clock.advance(3200);
    expect(calls()).toHaveLength(2);
    await clock.advance(3000);
    expect(calls()).toHaveLength(5);
    const [, probe = 0, next = 0] = calls().map(([, at]) => at);
    expect(next - probe).toBeGreaterThanOrEqual(400);
    expect(next - probe).toBeLessThanOrEqual(1600);
  });

  it('of the call that went first closes the quota for twice as long', async () => {
    const { clock, store, gate, ask, answer, calls } = answering();
    const through = gate();
    ask(through, 0, 'interactive', answer('429', 100, 3));
    await clock.advance(200);
    ask(through, 60_000, 'interactive', answer('probe', 100, 1));
    ask(through, 60_000, 'interactive', answer('next', 10));
    await clock.advance(3500);
    expect((await store.read())?.row.block?.seconds).toBe(6);
    await clock.advance(5500);
    expect(calls()).toHaveLength(2);
    await clock.advance(2000);
    expect(calls()).toHaveLength(3);
    expect((await store.read())?.row.block).toBeUndefined();
  });

  it('fills the ledger with calls of others', async () => {
    const { clock, store, gate, ask, answer } = answering();
    ask(gate(), 0, 'interactive', answer('429', 100, 3));
    await clock.advance(200);
    expect((await store.read())?.row.log.filter(({ by }) => by === 'foreign')).toHaveLength(19);
  });
});

describe('a probe that is never answered', () => {
  it('is followed by another when its time is over', async () => {
    const { clock, gate, ask, answer, calls } = answering();
    const [dead, alive] = [gate(), gate()];
    ask(dead, 0, 'interactive', answer('429', 100, 3));
    await clock.advance(200);
    ask(dead, 60_000, 'interactive', answer('lost', 3_600_000));
    await clock.advance(100);
    ask(alive, 60_000, 'interactive', answer('second', 10));
    await clock.advance(5000);
    expect(calls().map(([name]) => name)).toEqual(['429', 'lost', 'second']);
    const [, lost = 0, second = 0] = calls().map(([, at]) => at);
    expect(second - lost).toBeGreaterThanOrEqual(500);
  });
});
