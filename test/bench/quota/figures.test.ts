import { contenders } from '../../../bench/quota/contenders.ts';
import { figuresOf } from '../../../bench/quota/measure/figures.ts';
import { progressLine } from '../../../bench/quota/report/progress.ts';
import { resultLine } from '../../../bench/quota/report/resultLine.ts';
import { tableLines } from '../../../bench/quota/report/table.ts';
import { noReport, noTransactions, together } from '../../../bench/quota/torture/messages.ts';
import type { Seen } from '../../../bench/quota/torture/torture.ts';
import type { Arrival } from '../../../bench/quota/torture/upstream.ts';

const limits = [
  { calls: 2, seconds: 1 },
  { calls: 4, seconds: 10 },
];

const arrival = (at: number, more: Partial<Arrival> = {}): Arrival => ({
  at,
  place: 0,
  priority: 'background',
  waitMs: 0,
  refused: false,
  ...more,
});

const [contender] = contenders;
if (!contender) throw new Error('nobody contends');

const seenOf = (arrivals: readonly Arrival[], more: Partial<Seen> = {}): Seen => ({
  contender,
  milliseconds: 12_000,
  arrivals,
  happened: [],
  report: noReport,
  unsettledWhenKilled: 0,
  latestNoteMs: 0,
  ...more,
});

describe('the figures of a run', () => {
  it('hold what arrived, what was too much, and what was refused', () => {
    const arrivals = [arrival(0), arrival(10), arrival(20, { refused: true }), arrival(2000)];
    expect(figuresOf(seenOf(arrivals), limits, 1)).toMatchObject({
      seconds: 12,
      calls: 4,
      violations: 1,
      refusedUpstream: 1,
      peaks: [3, 4],
    });
  });

  it('say how well the last long window was used: without what was refused, or came before it', () => {
    const arrivals = [arrival(1999), arrival(2000), arrival(2001), arrival(2002, { refused: true }), arrival(11_999)];
    expect(figuresOf(seenOf(arrivals), limits, 1).utilisation).toBe(0.75);
    expect(figuresOf(seenOf(arrivals, { milliseconds: 9999 }), limits, 1).utilisation).toBeNull();
  });

  it('take waits from interactive calls that were served, and fairness from the background of saturated places', () => {
    const waits = [30, 10, 20].map((waitMs, i) => arrival(i * 2000, { priority: 'interactive', waitMs }));
    const background = [0, 0, 0, 1, 2].map((place, i) => arrival(7000 + i, { place }));
    const figures = figuresOf(seenOf([...waits, ...background]), limits, 2);
    expect(figures).toMatchObject({ interactiveP50Ms: 20, interactiveP99Ms: 30, interactiveServed: 3, jain: 0.8 });
  });

  it('count who was refused by class, kills and freezes, and transactions for each call', () => {
    const report = {
      ...noReport,
      transactions: { ...noTransactions, reads: 1, writes: 2, stamps: 1 },
      unserved: { 'interactive: refused': 2, 'interactive: closed': 1, 'background: refused': 9 },
    };
    const happened: Seen['happened'] = [
      { kind: 'kill', at: 1, who: 0 },
      { kind: 'freeze', at: 2, who: 0, forMs: 1 },
      { kind: 'freeze', at: 3, who: 0, forMs: 1 },
      { kind: 'call', at: 3, who: 0, priority: 'interactive' },
    ];
    expect(figuresOf(seenOf([arrival(0), arrival(1)], { report, happened }), limits, 1)).toMatchObject({
      interactiveRefused: 3,
      interactiveAsked: 1,
      kills: 1,
      freezes: 2,
      txPerCall: 2,
    });
  });

  it('are null where nothing was seen', () => {
    expect(figuresOf(seenOf([]), limits, 2)).toMatchObject({ txPerCall: null, interactiveP50Ms: null, jain: null });
  });
});

describe('what several processes report', () => {
  it('is added up', () => {
    const one = { ...noReport, transactions: { ...noTransactions, reads: 2 }, said: { slow: 1 } };
    const other = { ...one, dropped: { before: 1, after: 2 }, said: { slow: 2, late: 1 } };
    expect(together([one, other])).toEqual({
      transactions: { ...noTransactions, reads: 4 },
      dropped: { before: 1, after: 2 },
      unserved: {},
      said: { slow: 3, late: 1 },
    });
  });
});

describe('what is printed', () => {
  const figures = figuresOf(seenOf([arrival(0), arrival(10), arrival(20)]), limits, 1);

  it('is a table with a column for each, all of one width', () => {
    const lines = tableLines(
      [
        { title: 'one', figures },
        { title: 'another', figures: { ...figures, violations: 12 } },
      ],
      limits,
    );
    expect(lines[0]).toMatch(/ {2}one +another$/);
    expect(lines.find((line) => line.includes('violations'))).toMatch(/^ {2}violations +1 +12$/);
    expect(lines.find((line) => line.includes('most in 1 s'))).toMatch(/3 of 2 +3 of 2$/);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });

  it('is one line of JSON at the end, the others under peers', () => {
    const line = resultLine(figures, { greedy: figures }, { processes: 3, seed: 1 });
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toMatchObject({ calls: 3, violations: 1, seed: 1, peers: { greedy: { calls: 3 } } });
  });

  it('is how full the windows are now, while it runs', () => {
    const line = progressLine(seenOf([arrival(0), arrival(11_500), arrival(11_990)]), 20_000, limits);
    expect(line).toContain('12 of 20 s');
    expect(line).toContain('2/2 in 1 s');
    expect(line).toContain('2/4 in 10 s');
    expect(line).toContain('0 violations');
  });
});
