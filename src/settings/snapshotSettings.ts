import * as z from 'zod/mini';
import { schedule, wholeNumber, withDefault } from './kinds.ts';

/** Of snapshots and security states. */
export const snapshotSettings = {
  /** Where the security states of machines come from; `auto` asks the preview until it is not served. */
  SECURITY_STATES_SOURCE: withDefault(
    z.enum(['auto', 'preview', 'composed'], 'write auto, preview or composed'),
    'auto',
  ),
  /** When a run begins, when one that was broken off goes on, and when what is too old is removed. */
  SNAPSHOT_SCHEDULE: withDefault(schedule, '0 0 * * * *'),
  SNAPSHOT_RESUME_SCHEDULE: withDefault(schedule, '30 */5 * * * *'),
  SNAPSHOT_PRUNE_SCHEDULE: withDefault(schedule, '0 30 3 * * *'),
  /** How long what was can be asked for. */
  SNAPSHOT_RETENTION_DAYS: withDefault(wholeNumber(1, 3650), 90),
  /** How long a run works in one invocation: functionTimeout of host.json less a margin. */
  SNAPSHOT_SLICE_SECONDS: withDefault(wholeNumber(10, 86_400), 540),
  /** Rows that a run asks for in one call. */
  SNAPSHOT_PAGE_SIZE: withDefault(wholeNumber(100, 10_000), 10_000),
  /** How old what Defender knows of an antivirus may be before it counts as not reporting. */
  ANTIVIRUS_STALE_DAYS: withDefault(wholeNumber(1, 365), 7),
};
