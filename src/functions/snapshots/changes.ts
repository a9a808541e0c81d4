import type { HttpFunction, Services } from '../services.ts';
import { triggers } from '../triggers.ts';
import { changeColumns } from './columns.ts';
import { listFunction } from './listFunction.ts';
import { runHeaders } from './runHeaders.ts';

/** GET /gateway/snapshots/{run}/changes: what is different since another run (`since`; else the one before), of all kinds or some (`change`). */
export const snapshotChanges = (services: Services): HttpFunction =>
  listFunction(services, {
    trigger: triggers.snapshotChanges,
    set: 'SnapshotChanges',
    fileName: 'changes',
    columns: changeColumns,
    options: ['since', 'change'],
    top: { usual: 1000, most: 10_000 },
    async ask({ params, query: { since, change }, top, position }) {
      const page = await services.snapshots.changes({ run: params.run ?? '', since, change, top, position });
      if (page.kind === 'refused') return page;
      const { run, rows, count, next } = page;
      const link = { params: { run: run.id }, query: { since: page.since.id } };
      return {
        rows,
        count,
        annotations: { '@gateway.since': page.since.id, '@gateway.run': run.id },
        headers: runHeaders(run.id, services.clock),
        next: next === undefined ? undefined : { ...link, position: next },
      };
    },
  });
