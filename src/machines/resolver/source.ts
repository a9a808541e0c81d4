/** Where an answer came from that several finds made: it is as old as the oldest of them, and fresh for as long as all are. */
import type { Clock } from '../../clock.ts';
import type { Source } from '../told.ts';

export interface Sources {
  /** At the moment at which it is told: what is kept here while others are waited for grows older. */
  add(source: Source): void;
  /** As of now. @throws where none was added */
  together(): Source;
}

export const createSources = (clock: Pick<Clock, 'monotonic'>): Sources => {
  const added: { readonly source: Source; readonly at: number }[] = [];
  return {
    add(source) {
      added.push({ source, at: clock.monotonic() });
    },
    together() {
      const now = clock.monotonic();
      return whole(added.map(({ source, at }) => later(source, (now - at) / 1000)));
    },
  };
};

/** The same, so many seconds later. */
const later = (source: Source, seconds: number): Source => {
  if (source.kind === 'nowhere') return source;
  if (source.kind === 'cache') return { ...source, age: source.age + seconds, freshFor: source.freshFor - seconds };
  const { age, freshFor } = source;
  return { ...source, age: plus(age, seconds), freshFor: plus(freshFor, -seconds) };
};

const plus = (value: number | undefined, more: number): number | undefined =>
  value === undefined ? undefined : value + more;

/** What was not kept is not fresh a moment later; so nothing is that it is part of. @param parts at least one */
const whole = (parts: readonly Source[]): Source => {
  const oldest = parts.reduce((a, b) => (ageOf(b) > ageOf(a) ? b : a));
  if (oldest.kind === 'nowhere') return oldest;
  const freshFor = parts
    .map(freshOf)
    .reduce((a, b) => (a === undefined || b === undefined ? undefined : Math.min(a, b)));
  if (oldest.kind === 'defender') return { ...oldest, freshFor };
  return { ...oldest, freshFor: freshFor ?? Math.min(0, oldest.freshFor) };
};

const ageOf = (source: Source): number => (source.kind === 'nowhere' ? 0 : (source.age ?? 0));

const freshOf = (source: Source): number | undefined => (source.kind === 'nowhere' ? undefined : source.freshFor);
