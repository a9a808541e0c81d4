import type { HttpFunction, Services } from '../services.ts';
import { triggers } from '../triggers.ts';
import { trendColumns } from './columns.ts';
import { listFunction } from './listFunction.ts';

/** GET /gateway/snapshots/trend: how many machines each property required attention of, run by run, the oldest first. */
export const snapshotTrend = (services: Services): HttpFunction =>
  listFunction(services, {
    trigger: triggers.snapshotTrend,
    set: 'SnapshotTrend',
    fileName: 'trend',
    columns: trendColumns,
    options: ['property', 'from', 'to'],
    top: { usual: 1000, most: 10_000 },
    async ask({ query: { property, from, to }, top, position }) {
      const page = await services.snapshots.trend({ property, from, to, top, position });
      if (page.kind === 'refused') return page;
      return { rows: page.rows, next: page.next === undefined ? undefined : { position: page.next } };
    },
  });
