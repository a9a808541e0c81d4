/** Faults that a reviewer found once, each as the story in which it showed. */
import type { LedgerRow } from '../../src/quota/ledgerRow.ts';
import { epochOf, recovered } from '../../src/quota/recovered.ts';
import { setUp } from './support/gates.ts';
import { callsAt, now, rowOf } from './support/ledgerRows.ts';

/** A store that takes so long for a write, there and back. */
const slowBy = (milliseconds: number) => (world: ReturnType<typeof setUp>) => {
  const { swap } = world.store;
  world.store.swap = async (from, next) => {
    await world.clock.sleep(milliseconds / 2);
    const written = await swap(from, next);
    await world.clock.sleep(milliseconds / 2);
    return written;
  };
  return world;
};

describe('a gate', () => {
  it('refuses, with those who wait, also who came while the last round before it closed was failing', async () => {
    const world = setUp((ledger) => ({ ...ledger, read: () => world.clock.sleep(50).then(() => fail('503')) }));
    const fail = (reason: string): never => {
      throw new Error(reason);
    };
    const gate = world.gate();
    const first = world.ask(gate, 200_000);
    let last = first;
    for (let waited = 0; waited < 20_000 && !first.passage; waited += 5) {
      last = world.ask(gate, 200_000);
      await world.clock.advance(5);
    }
    await world.clock.advance(100);
    expect([first.passage?.kind, last.passage?.kind]).toEqual(['closed', 'closed']);
  });

  it.each([700, 1300, 1900])('lets calls through on a store that takes %d ms to write', async (milliseconds) => {
    const { clock, gate, ask } = slowBy(milliseconds)(setUp());
    const asked = ask(gate('100/60,1500/3600'), 30_000);
    await clock.advance(20_000);
    expect(asked.passage?.kind).toBe('sent');
  });

  it('leaves the line when it closes, so that nobody waits behind it', async () => {
    const { clock, store, gate, ask } = setUp();
    const one = gate('20/60');
    for (let i = 0; i < 40; i++) ask(one, 600_000, 'background');
    await clock.advance(1000);
    expect((await store.read())?.row.turns).toHaveLength(1);
    void one.close();
    await clock.advance(1000);
    expect((await store.read())?.row.turns).toEqual([]);
  });

  it('gives a slot of a class’s minimum to that class, whoever else waits', async () => {
    const { clock, names, gate, ask, send } = setUp();
    const one = gate();
    for (let second = 0; second < 30; second++) {
      for (let i = 0; i < 6; i++) ask(one, 20_000, 'interactive', send('interactive'));
      if (second === 0) for (let i = 0; i < 8; i++) ask(one, 200_000, 'enrichment', send('enrichment'));
      await clock.advance(1000);
    }
    expect(names.filter((name) => name === 'enrichment').length).toBeGreaterThanOrEqual(8);
  });
});

describe('a copy of a ledger from before it was begun anew', () => {
  const early = epochOf(now - 1_000_000, 0.5);
  const late = epochOf(now - 500_000, 0.1);
  const known: LedgerRow = { ...rowOf('20/6', { log: callsAt('interactive', now - 1000) }), epoch: late };
  const copy: LedgerRow = { ...rowOf('20/6'), epoch: early };

  it('is taken for set back, not for a new beginning', () => {
    const next = recovered(known, copy, now, epochOf(now, 0.2));
    expect(next.epoch > late).toBe(true);
    expect(next.learningSince).toBe(now);
    expect(next.log).toEqual(known.log);
  });

  it('is taken for a new beginning where it is one', () => {
    expect(recovered(copy, known, now, epochOf(now, 0.2))).toMatchObject({ epoch: late, log: known.log });
  });
});
