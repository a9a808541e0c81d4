import { schedule, wholeNumber, withDefault } from './kinds.ts';

/** Of what callers had parked with `Prefer: respond-async`. */
export const operationSettings = {
  /** How long a result can be fetched. */
  OPERATION_RETENTION_HOURS: withDefault(wholeNumber(1, 168), 24),
  /** How long it is tried. */
  OPERATION_MOST_MINUTES: withDefault(wholeNumber(1, 1440), 60),
  /** When operations are looked for that have no message left, and results that have expired. */
  OPERATION_SWEEP_SCHEDULE: withDefault(schedule, '15 */2 * * * *'),
};
