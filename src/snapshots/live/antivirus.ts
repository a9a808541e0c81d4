/**
 * The list of antivirus as one machine's page after another needs it: it is kept for as long as it is fresh, so that a walk through the fleet
 * asks for it once. Its limits are a third of those of machines. What is kept of 30,000 rows takes a few megabytes.
 */
import { type AntivirusList, type AntivirusOptions, walkAntivirus } from './antivirusWalk.ts';
import type { Answering, Asking, Unheard } from './asking.ts';

export interface Antivirus {
  read<T extends Answering>(asking: Asking<T>): Promise<AntivirusRead | Unheard<T> | { readonly kind: 'tooLong' }>;
  /** Whether it was too long for a few pages when last it was asked for, not long ago. */
  isTooLong(): boolean;
}

export interface AntivirusRead {
  readonly kind: 'antivirus';
  readonly list: AntivirusList;
  /** Where it was kept: seconds. */
  readonly kept: { readonly age: number; readonly freshFor: number } | undefined;
}

/** To find out again costs as many calls as there are pages. */
const tooLongForMs = 3_600_000;

/** @param lifetime seconds for which the list is fresh; 0 keeps nothing */
export const createAntivirus = (options: AntivirusOptions, lifetime: number): Antivirus => {
  const { clock } = options;
  let kept: AntivirusList | undefined;
  let tooLongUntil = Number.NEGATIVE_INFINITY;

  const usable = (asking: Asking<Answering>): AntivirusRead | undefined => {
    if (!kept) return undefined;
    const age = (clock.monotonic() - kept.beganAt) / 1000;
    if (!asking.accepts(age, lifetime)) return undefined;
    return { kind: 'antivirus', list: kept, kept: { age, freshFor: lifetime - age } };
  };

  return {
    isTooLong: () => clock.monotonic() < tooLongUntil,
    async read(asking) {
      const known = usable(asking);
      if (known) return known;
      const read = await walkAntivirus(asking, options);
      if (read.kind === 'tooLong') tooLongUntil = clock.monotonic() + tooLongForMs;
      if (read.kind !== 'antivirus') return read;
      if (asking.keeps && lifetime > 0 && !read.isLost) kept = newerOf(read, kept);
      return { kind: 'antivirus', list: read, kept: undefined };
    },
  };
};

const newerOf = (one: AntivirusList, other: AntivirusList | undefined): AntivirusList =>
  other && other.beganAt > one.beganAt ? other : one;
