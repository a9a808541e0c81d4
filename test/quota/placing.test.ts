import { freshForMs } from '../../src/quota/freshness.ts';
import type { LedgerRow } from '../../src/quota/ledgerRow.ts';
import { createPlacing } from '../../src/quota/placing.ts';
import type { ClassPolicy } from '../../src/quota/policy.ts';
import { burstAt, callsAt, now, promised, rowOf, slotsAt, usual, widened } from './support/ledgerRows.ts';

/** A class that leaves a fifth of each limit free and is not paced; its minimum is one call in 60 s. */
const unpaced: ClassPolicy = {
  headroom: { least: 0.2, most: 0.2 },
  shortHeadroom: 0.2,
  rate: 2,
  burst: 1,
  minimum: 0.05,
  quantum: 0.1,
  lead: 1,
};
const small = (more: Partial<LedgerRow>) =>
  rowOf('10/6,20/60', { policy: { enrichment: unpaced, background: unpaced }, ...more });
const [shortMs = 0, longMs = 0] = widened(small({}));

const placesIn = (row: LedgerRow) => {
  const placing = createPlacing(row);
  const [interactive, enrichment, background] = (['interactive', 'enrichment', 'background'] as const).map((by) =>
    placing.earliest(by, now),
  );
  return { interactive, enrichment, background };
};
const at = (instant: number, guaranteed = false) => ({ at: instant, guaranteed });

describe('where a call may go', () => {
  it('is at once for each class while nothing was called', () => {
    expect(placesIn(rowOf(usual))).toEqual({ interactive: at(now), enrichment: at(now), background: at(now) });
  });

  it('leaves the headroom of a short window to interactive calls', () => {
    const spent = [...callsAt('background', now - 2), ...burstAt('interactive', now - 1, 6)];
    expect(placesIn(small({ log: spent })).background).toEqual(at(now));
    const more = placesIn(small({ log: [...spent, ...callsAt('enrichment', now - 1)] }));
    expect(more).toMatchObject({ interactive: at(now), background: at(now - 2 + shortMs) });
  });

  it('leaves the headroom of the longest window to interactive calls', () => {
    const log = [...burstAt('interactive', now - 50_000, 8), ...burstAt('background', now - 20_000, 8)];
    const { interactive, background } = placesIn(small({ log }));
    expect([interactive, background]).toEqual([at(now), at(now - 50_000 + longMs)]);
  });

  it('comes to a class that had no call for long, without headroom, by its minimum', () => {
    const log = [...burstAt('interactive', now - 50_000, 9), ...burstAt('enrichment', now - 20_000, 10)];
    const { enrichment, background } = placesIn(small({ log }));
    expect(background).toEqual(at(now, true));
    expect(enrichment).toEqual(at(now - 50_000 + longMs));
  });

  it('does not break a limit for a minimum', () => {
    const full = small({ log: burstAt('interactive', now - 1000, 10) });
    expect(placesIn(full).background).toEqual(at(now - 1000 + shortMs));
    const fuller = small({
      log: [...burstAt('interactive', now - 50_000, 10), ...burstAt('interactive', now - 8000, 10)],
    });
    expect(placesIn(fuller).background).toEqual(at(now - 50_000 + longMs));
  });

  it('leaves lower classes their minimum under a flood of interactive calls, as far as they want it', () => {
    const spent = (background: number, more: Partial<LedgerRow> = {}) =>
      rowOf('20/60', {
        log: [...burstAt('background', now - 9000, background), ...burstAt('interactive', now - 5000, 17)],
        ...more,
      });
    const [window = 0] = widened(spent(0));
    expect(placesIn(spent(0)).interactive).toEqual(at(now));
    const waiting = { turns: ['a', 'b', 'c'].map((owner) => ({ owner, by: 'enrichment' as const })) };
    expect(placesIn(spent(0, waiting))).toMatchObject({
      interactive: at(now - 5000 + window),
      enrichment: at(now, true),
    });
    expect(placesIn(spent(1)).interactive).toEqual(at(now));
    expect(placesIn(spent(1, { turns: waiting.turns.slice(1) })).interactive).toEqual(at(now - 5000 + window));
    const many = { turns: Array.from({ length: 50 }, (_, i) => ({ owner: `p${i}`, by: 'background' as const })) };
    expect(placesIn(spent(0, many)).interactive).toEqual(at(now));
  });

  it('is paced by the calls of everybody: 12 background calls at once, then one in 2.3 s', () => {
    const log = [...burstAt('interactive', now, 10), ...callsAt('background', now)];
    expect(placesIn(rowOf(usual, { log })).background).toEqual(at(now));
    const spent = [...log, ...callsAt('foreign', now)];
    expect(placesIn(rowOf(usual, { log: spent }))).toMatchObject({ enrichment: at(now), background: at(now + 2331) });
  });

  it('leaves as much of the hour to interactive as its bursts of late need', () => {
    const evenly = Array.from({ length: 1484 }, (_, i) => now - 1 - (1484 - i) * 2424);
    const row = (burst: number) =>
      rowOf(usual, { log: callsAt('background', ...evenly), burst: { calls: burst, seenAt: now } });
    expect(placesIn(row(0)).background).toEqual(at(now));
    expect(placesIn(row(18)).background?.at).toBeGreaterThan(now);
    expect(placesIn(row(18)).enrichment).toEqual(at(now));
  });

  it('keeps promised instants free from the class that was refused and those below it that have had their minimum', () => {
    const [window = 0] = widened(rowOf('1/60'));
    const log = callsAt('background', now - window);
    const one = (guaranteed: boolean) =>
      placesIn(rowOf('1/60', { log, told: [promised(now, 'enrichment', guaranteed)] }));
    expect(one(false)).toEqual({ interactive: at(now), enrichment: at(now + window), background: at(now + window) });
    expect(one(true).interactive).toEqual(at(now + window));
  });

  it('counts what is added in every view of it, and no longer once it is removed', () => {
    const placing = createPlacing(rowOf('1/60', { held: slotsAt('other', 'background', now + 500) }));
    const instants = () => [placing.earliest('interactive', now).at, placing.earliest('background', now - 70_000).at];
    const before = instants();
    const call = { at: now - 61_000, by: 'interactive' as const };
    placing.add(call);
    expect(instants()).not.toEqual(before);
    placing.remove(call);
    expect(instants()).toEqual(before);
  });

  it('is, in place of a promise, bound by the limits and the headroom of its class, by the limits alone if it was guaranteed', () => {
    const log = [...callsAt('background', now - 2), ...burstAt('interactive', now - 1, 7)];
    const instead = (guaranteed: boolean) =>
      createPlacing(small({ log })).instead(promised(now, 'background', guaranteed), 'background', now);
    expect([instead(false), instead(true)]).toEqual([now - 2 + shortMs, now]);
  });

  it('names the limit that keeps a call longest, and the longest where none does', () => {
    const binding = (log: LedgerRow['log']) => createPlacing(small({ log })).binding('interactive', now).limit.seconds;
    expect(binding(burstAt('interactive', now, 10))).toBe(6);
    expect(binding([...burstAt('interactive', now - 9000, 10), ...burstAt('interactive', now, 10)])).toBe(60);
    expect(binding([])).toBe(60);
  });
});

describe('a ledger that learns', () => {
  const row = rowOf(usual, { learningSince: now });
  const [minuteMs = 0] = widened(row);
  const opens = now + freshForMs(row) + minuteMs;

  it('lets nothing go until no process sends on an older view, and a shortest window after that', () => {
    expect(placesIn(row)).toEqual({ interactive: at(opens), enrichment: at(opens), background: at(opens) });
  });

  it('then lets calls go evenly, at the pace of the longest limit', () => {
    const placing = createPlacing(row);
    const instants = Array.from({ length: 4 }, () => {
      const place = placing.earliest('interactive', now);
      placing.add({ at: place.at, by: 'interactive' });
      return place.at - opens;
    });
    expect(instants).toEqual([0, 2400, 4800, 7200]);
  });

  it('counts calls that it was told of since, and not those before', () => {
    const known = (instant: number) =>
      createPlacing({ ...row, log: burstAt('background', instant, 60) }).earliest('interactive', opens).at;
    expect(known(now - 1)).toBe(opens);
    expect(known(opens)).toBe(opens + 60 * 2400);
  });
});
