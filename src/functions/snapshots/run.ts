import { entityReply } from '../../http/collection.ts';
import { withHeaders } from '../../http/reply.ts';
import type { HttpFunction, Services } from '../services.ts';
import { triggers } from '../triggers.ts';
import { snapshotFunction } from './asking.ts';
import { runColumns } from './columns.ts';
import { runHeaders } from './runHeaders.ts';

/** GET /gateway/snapshots/{run}: a run by its name, with its progress while it is under way; or `latest`, the last that is stored. */
export const snapshot = (services: Services): HttpFunction =>
  snapshotFunction(triggers.snapshot, services, [], async ({ format, params, origin }) => {
    const found = await services.snapshots.run(params.run ?? '');
    if (found.kind === 'refused') return found;
    const { row } = found;
    const written = { columns: runColumns, fileName: `snapshot-${row.id}` };
    const reply = entityReply(format, `${origin}/gateway/$metadata#Snapshots/$entity`, row, written);
    return withHeaders(reply, runHeaders(row.id, services.clock));
  });
