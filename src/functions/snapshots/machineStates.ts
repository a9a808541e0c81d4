import type { HttpFunction, Services } from '../services.ts';
import { triggers } from '../triggers.ts';
import { historyColumns } from './columns.ts';
import { listFunction } from './listFunction.ts';
import { runHeaders } from './runHeaders.ts';

/**
 * GET /gateway/machines/{id}/states: a machine's security state now, and each one it had before, newest first. Of a machine that is there it takes
 * one read of the storage for each state; of one that has vanished all changes of its part of the fleet are read, back to where it did.
 */
export const machineStates = (services: Services): HttpFunction =>
  listFunction(services, {
    trigger: triggers.machineStates,
    set: 'MachineStates',
    fileName: 'states',
    columns: historyColumns,
    options: [],
    top: { usual: 100, most: 1000 },
    async ask({ params, top, position }) {
      const page = await services.snapshots.history({ id: params.id ?? '', top, position });
      if (page.kind === 'refused') return page;
      const { run, rows, next, keptSince } = page;
      return {
        rows,
        headers: { ...runHeaders(run.id, services.clock), ...warningOf(keptSince) },
        annotations: keptSince === undefined ? {} : { '@gateway.keptSince': keptSince },
        next: next === undefined ? undefined : { position: next },
      };
    },
  });

const warningOf = (keptSince: string | undefined): Readonly<Record<string, string>> =>
  keptSince === undefined ? {} : { 'x-gateway-warning': `What was before ${keptSince} is no longer kept.` };
