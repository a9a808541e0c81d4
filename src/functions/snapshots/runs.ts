import type { HttpFunction, Services } from '../services.ts';
import { triggers } from '../triggers.ts';
import { runColumns } from './columns.ts';
import { listFunction } from './listFunction.ts';

/** GET /gateway/snapshots: the runs, newest first, with what each found and cost; one that is under way, too. */
export const snapshots = (services: Services): HttpFunction =>
  listFunction(services, {
    trigger: triggers.snapshots,
    set: 'Snapshots',
    fileName: 'snapshots',
    columns: runColumns,
    options: [],
    top: { usual: 100, most: 1000 },
    async ask({ top, position }) {
      const page = await services.snapshots.runs({ top, position });
      if (page.kind === 'refused') return page;
      return { rows: page.rows, next: page.next === undefined ? undefined : { position: page.next } };
    },
  });
