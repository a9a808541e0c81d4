/** What an event says of an alert: all that the intake takes from it, whatever its format. */
import type { Product } from './alertId.ts';

export interface AlertReference {
  /** As the event spells it. */
  readonly alertId: string;
  /** Machines that the event names: 40 hexadecimal digits, in lower case, each once. */
  readonly machineIds: readonly string[];
  /** `other` where the event says that another product raised it; otherwise the id tells (`productOf`). */
  readonly product?: Product | undefined;
  /** When the alert was raised, as the event says: ISO 8601. */
  readonly raisedAt?: string | undefined;
  /** The format that it came in. */
  readonly source: SourceName;
  /** When it came in: ISO 8601. */
  readonly receivedAt: string;
  /** The event, or the part of it that is about this alert, as it came: JSON. */
  readonly original: string;
}

export const sourceNames = [
  'defenderAlert',
  'streaming',
  'graphAlert',
  'graphNotification',
  'incident',
  'sentinelIncident',
  'sentinelAlert',
  'siemAlert',
  'plain',
] as const;

export type SourceName = (typeof sourceNames)[number];
