import { type Happening, timetable } from '../../../bench/quota/torture/timetable.ts';

const rhythm = { killEveryMs: 15_000, freezeEveryMs: 7000 };
const hour = timetable(1, 360_000, rhythm);
const many = (of: (it: Happening) => boolean, among = hour) => among.filter(of).length;
const isCall = (priority: string) => (it: Happening) => it.kind === 'call' && it.priority === priority;

describe('the timetable of a run', () => {
  it('kills every 15 s, and freezes for 0.2 to 2.7 s every 7 s', () => {
    expect(hour.filter(({ kind }) => kind === 'kill').map(({ at }) => at)).toEqual(
      Array.from({ length: 23 }, (_, i) => (i + 1) * 15_000),
    );
    const freezes = hour.flatMap((it) => (it.kind === 'freeze' ? [it] : []));
    expect(freezes.map(({ at }) => at)).toEqual(Array.from({ length: 51 }, (_, i) => (i + 1) * 7000));
    for (const { forMs } of freezes) expect(forMs >= 200 && forMs <= 2700).toBe(true);
  });

  it('has about 120 interactive calls an hour, half of them in bursts of 20, and 200 enrichment calls', () => {
    const hours = 20;
    const all = timetable(3, hours * 360_000, rhythm);
    const instants = all.filter(isCall('interactive')).map(({ at }) => at);
    const together = instants.filter((at) => instants.filter((other) => other === at).length === 20);
    expect(together).toHaveLength(hours * 60);
    expect((instants.length - together.length) / hours).toBeCloseTo(60, -1);
    expect(many(isCall('enrichment'), all) / hours).toBeGreaterThan(190);
    expect(many(isCall('enrichment'), all) / hours).toBeLessThan(210);
  });

  it('has a burst within the first seconds, so that the shortest run meets one', () => {
    expect(many(isCall('interactive'), timetable(2, 5000, rhythm))).toBeGreaterThanOrEqual(20);
  });

  it('comes in the order of time, and ends in time', () => {
    expect(hour.map(({ at }) => at)).toEqual(hour.map(({ at }) => at).sort((a, b) => a - b));
    expect(hour.at(-1)?.at).toBeLessThan(360_000);
  });

  it('is the beginning of a longer one of the same seed, and differs from that of another', () => {
    const short = timetable(1, 60_000, rhythm);
    expect(hour.slice(0, short.length)).toEqual(short);
    expect(timetable(2, 60_000, rhythm)).not.toEqual(short);
  });
});
