import { plan } from '../../src/quota/plan.ts';
import type { PriorityClass } from '../../src/quota/priorityClass.ts';
import {
  burstAt,
  callsAt,
  demandOf,
  now,
  rowOf,
  slotsIn,
  usual,
  versionOf,
  wants,
  widened,
} from './support/ledgerRows.ts';

const patient = now + 600_000;
const asks = (row: ReturnType<typeof rowOf>, owner: string, count: number, by: PriorityClass = 'background') =>
  plan(versionOf(row), demandOf({ owner, wants: wants(count, by, patient) }));
const kinds = ({ outcomes }: ReturnType<typeof asks>) => outcomes.map(({ kind }) => kind);
const line = (...owners: readonly string[]) => owners.map((owner) => ({ owner, by: 'background' as const }));

/** The next background call may go in 7 s, and then one in 2.3 s. */
const busy = (turns = line()) => rowOf(usual, { log: burstAt('background', now, 14), turns });
const firstFree = now + 3 * 2331;

describe('a class that books by turns', () => {
  it('gives one process that is alone as much as the class may have at once', () => {
    const { outcomes, next } = asks(rowOf(usual), 'a', 12);
    expect(slotsIn(outcomes).map(({ at }) => at - now)).toEqual(Array(12).fill(0));
    expect(next.turns).toEqual([]);
  });

  it('gives a process a quantum while others stand in line, and then sends it to the end', () => {
    const round = asks(rowOf(usual, { turns: line('a', 'b') }), 'a', 12);
    expect(kinds(round)).toEqual([...Array(6).fill('granted'), ...Array(6).fill('waiting')]);
    expect(round.next.turns).toEqual(line('b', 'a'));
  });

  it('gives slots that are not yet near to the first in line alone', () => {
    const first = asks(busy(line('a', 'b')), 'a', 6);
    expect(slotsIn(first.outcomes).map(({ at }) => at)).toEqual([0, 1, 2, 3, 4, 5].map((i) => firstFree + i * 2331));
    const second = asks(busy(line('a', 'b')), 'b', 6);
    expect(kinds(second)).toEqual(Array(6).fill('waiting'));
    expect(second.next.turns).toEqual(line('a', 'b'));
  });

  it('lets whoever comes stand in line, and leave it with its last caller', () => {
    expect(asks(busy(line('a')), 'b', 6).next.turns).toEqual(line('a', 'b'));
    expect(asks(busy(line('b', 'a')), 'b', 6).next.turns).toEqual(line('a'));
  });

  it('gives the slot of a first that missed its turn to who asks, just before it would go to waste', () => {
    const row = rowOf(usual, { log: burstAt('background', now, 12), turns: line('dead', 'b') });
    const round = asks(row, 'b', 1);
    expect(slotsIn(round.outcomes).map(({ at }) => at)).toEqual([now + 2331]);
    expect(round.next.turns).toEqual([]);
  });

  it('books no further ahead than its quantum takes, and a little', () => {
    const round = asks(busy(), 'a', 12);
    expect(slotsIn(round.outcomes).length).toBe(6);
    expect(Math.max(...slotsIn(round.outcomes).map(({ at }) => at))).toBeLessThanOrEqual(now + 21_000);
  });

  it('books what comes by its minimum at once, however far ahead that is', () => {
    const log = [...burstAt('interactive', now - 70_000, 100), ...burstAt('interactive', now - 1, 100)];
    const [minute = 0] = widened(rowOf(usual));
    const round = asks(rowOf(usual, { log }), 'a', 3);
    const first = now - 1 + minute;
    expect(slotsIn(round.outcomes).map(({ at }) => at)).toEqual([first, first + 24_000, first + 48_000]);
    expect(round.next.turns).toEqual([]);
  });

  it('says when to look again: its quantum’s time before the last of it if it is first', () => {
    const row = rowOf(usual, { log: burstAt('background', now, 20) });
    const round = asks(row, 'a', 6);
    const last = now + (9 + 5) * 2331;
    expect(round.outcomes[0]).toEqual({ kind: 'waiting', until: last - 21_000, expected: now + 9 * 2331 });
  });

  it('has those behind the first wait a turn longer each, and nobody longer than 16 turns', () => {
    const until = (owner: string, ahead: number) => {
      const row = busy(line(...Array.from({ length: ahead }, (_, i) => `p${i}`), owner));
      const [outcome] = asks(row, owner, 6).outcomes;
      return outcome?.kind === 'waiting' ? outcome.until - now : 0;
    };
    const turnMs = 6 * Math.ceil(3_600_000 / 1490);
    expect([until('a', 1), until('a', 2), until('a', 5)]).toEqual([turnMs, 2 * turnMs, 5 * turnMs]);
    expect(until('a', 40)).toBe(16 * 6 * 2400);
  });

  it('does not hold enrichment up by a line of background', () => {
    const row = rowOf(usual, { log: burstAt('enrichment', now, 62), turns: line('a', 'b') });
    const round = asks(row, 'c', 2, 'enrichment');
    expect(slotsIn(round.outcomes).map(({ at }) => at)).toEqual([now + 3 * 2400, now + 4 * 2400]);
    expect(round.next.turns).toEqual(line('a', 'b'));
  });

  it('refuses a caller whose time is over before its turn can come, and lets others wait', () => {
    const mixed = [...wants(1, 'background', firstFree - 1), ...wants(1, 'background', patient)];
    const row = rowOf(usual, { log: burstAt('background', now, 14), turns: line('a', 'me') });
    const { outcomes } = plan(versionOf(row), demandOf({ wants: mixed }));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'waiting']);
  });

  it('sends one probe after a pause, and waits for its answer', () => {
    const row = rowOf(usual, { block: { until: now - 1, seconds: 5 }, log: callsAt('interactive', now - 9000) });
    const round = asks(row, 'a', 3);
    expect(kinds(round)).toEqual(['granted', 'waiting', 'waiting']);
    expect(round.next.block?.probe).toEqual(slotsIn(round.outcomes)[0]);
    expect(kinds(asks(round.next, 'b', 1))).toEqual(['waiting']);
  });

  it('does not book the probe far ahead', () => {
    const row = rowOf(usual, { block: { until: now + 60_000, seconds: 60 } });
    expect(kinds(asks(row, 'a', 1))).toEqual(['waiting']);
  });
});
