import { cached } from './cached.ts';
import { forEach } from './forEach.ts';
import { load } from './load.ts';
import type { Measure } from './measure.ts';
import { page } from './page.ts';
import { rss } from './rss.ts';

/** Each with what it gives to the last line, for when it can't be made. */
export const measures = {
  forEach: { measure: forEach, member: 'forEach' },
  cached: { measure: cached, member: 'cachedVsEmpty' },
  page: { measure: page, member: 'pageVsDirect' },
  rss: { measure: rss, member: 'rssPages' },
  load: { measure: load, member: 'loadVsHello' },
} as const satisfies Record<string, { readonly measure: Measure; readonly member: string }>;

export type MeasureName = keyof typeof measures;

export const measureNames = Object.keys(measures) as readonly MeasureName[];
