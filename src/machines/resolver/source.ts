import type { Source } from '../told.ts';

/** The source of what two finds brought together: it is as old as the older one, and fresh as long as both are. */
export const olderOf = (a: Source, b: Source): Source => {
  const older = ageOf(b) > ageOf(a) ? b : a;
  const freshFor = Math.min(freshOf(a), freshOf(b));
  return older.kind === 'nowhere' || freshFor === Number.POSITIVE_INFINITY ? older : { ...older, freshFor };
};

const ageOf = (source: Source): number => (source.kind === 'nowhere' ? 0 : (source.age ?? 0));

const freshOf = (source: Source): number =>
  source.kind === 'nowhere' ? Number.POSITIVE_INFINITY : (source.freshFor ?? Number.POSITIVE_INFINITY);
