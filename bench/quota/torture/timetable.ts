/**
 * What happens to the processes, and when: calls that come, kills and freezes. A seed determines all of it, and a shorter run
 * has the beginning of a longer one, so that every contender meets the same.
 */
import type { PriorityClass } from '../../../src/quota/priorityClass.ts';
import { randomOf } from '../random.ts';

export type Happening = { readonly at: number; readonly who: number } & (
  | { readonly kind: 'call'; readonly priority: PriorityClass }
  | { readonly kind: 'kill' }
  /** A process stands still for this long. */
  | { readonly kind: 'freeze'; readonly forMs: number }
);

export interface Rhythm {
  readonly killEveryMs: number;
  readonly freezeEveryMs: number;
}

/** Ten times as fast as in life: a minute takes 6 s, and an hour 360. */
export const scale = 10;

const hourMs = 3_600_000 / scale;
/** Of an hour's 120 interactive calls, half come alone and half twenty at a time. */
const singles = 60;
const bursts = 3;
const burstOf = 20;
const enrichments = 200;
/** The first burst comes so early that short runs have one, too. */
const burstWithinMs = 4000;

/**
 * @param milliseconds how long it goes
 * @returns in the order of time. `at` is in milliseconds from the start, `who` in [0, 1): the same part of the processes that are there
 */
export const timetable = (seed: number, milliseconds: number, rhythm: Rhythm): readonly Happening[] => {
  const streams = [
    every(hourMs / singles, seed + 1, (at, draw) => [call(at, draw(), 'interactive')]),
    every(hourMs / enrichments, seed + 2, (at, draw) => [call(at, draw(), 'enrichment')]),
    burstsOf(randomOf(seed + 3)),
    evenly(rhythm.killEveryMs, seed + 4, (at, draw) => ({ kind: 'kill', at, who: draw() })),
    evenly(rhythm.freezeEveryMs, seed + 5, (at, draw) => ({
      kind: 'freeze',
      at,
      who: draw(),
      forMs: freezeMs(draw()),
    })),
  ];
  return streams.flatMap((stream) => [...until(milliseconds, stream)]).sort((a, b) => a.at - b.at);
};

const call = (at: number, who: number, priority: PriorityClass): Happening => ({ kind: 'call', at, who, priority });

/** 0.2 to 2.7 s. */
const freezeMs = (draw: number) => Math.round(200 + 2500 * draw);

type Stream = Generator<readonly Happening[], never>;

/** A Poisson process: gaps of this mean. */
function* every(meanMs: number, seed: number, make: (at: number, draw: () => number) => readonly Happening[]): Stream {
  const draw = randomOf(seed);
  for (let at = 0; ; ) {
    at += -meanMs * Math.log(1 - draw());
    yield make(at, draw);
  }
}

function* evenly(gapMs: number, seed: number, make: (at: number, draw: () => number) => Happening): Stream {
  const draw = randomOf(seed);
  for (let at = gapMs; ; at += gapMs) yield [make(at, draw)];
}

function* burstsOf(draw: () => number): Stream {
  for (let from = 0; ; from += hourMs / bursts) {
    const at = from + draw() * burstWithinMs;
    yield Array.from({ length: burstOf }, () => call(at, draw(), 'interactive'));
  }
}

function* until(milliseconds: number, stream: Stream): Generator<Happening> {
  for (const happenings of stream) {
    if ((happenings[0]?.at ?? 0) >= milliseconds) return;
    yield* happenings;
  }
}
