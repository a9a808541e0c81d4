import type { HttpFunction, Services } from '../services.ts';
import { triggers } from '../triggers.ts';
import { machineColumns } from './columns.ts';
import { listFunction } from './listFunction.ts';
import { runHeaders } from './runHeaders.ts';

/**
 * GET /gateway/snapshots/{run}/machines: the fleet as a run found it, or as it was at an instant (`asOf`, of `latest`); with `requires`, the
 * machines of which one of these properties requires attention, and since when.
 */
export const snapshotMachines = (services: Services): HttpFunction =>
  listFunction(services, {
    trigger: triggers.snapshotMachines,
    set: 'SnapshotMachines',
    fileName: 'machines',
    columns: machineColumns,
    options: ['requires', 'asOf'],
    top: { usual: 1000, most: 10_000 },
    async ask({ params, query: { requires, asOf }, top, position }) {
      const page = await services.snapshots.machines({ run: params.run ?? '', requires, asOf, top, position });
      if (page.kind === 'refused') return page;
      const { run, rows, count, next } = page;
      const link = { params: { run: run.id }, query: { asOf: undefined } };
      const headers = runHeaders(run.id, services.clock);
      return { rows, count, headers, next: next === undefined ? undefined : { ...link, position: next } };
    },
  });
