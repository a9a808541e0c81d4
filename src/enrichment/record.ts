/** What is kept of an alert. */
import type { Product } from './alertId.ts';
import type { SourceName } from './reference.ts';

/**
 * `waiting`: for its turn, or for another try. All others are final: `enriched`, `noMachine` (Defender knows none), `notDefender` (another
 * product's alert, and the event names no machine), `failed` (given up; `reason` says why).
 */
export const alertStates = ['waiting', 'enriched', 'noMachine', 'notDefender', 'failed'] as const;
export type AlertState = (typeof alertStates)[number];

export interface AlertRecord {
  /** `alertKeyOf` of its id: one record for all spellings. */
  readonly key: string;
  /** As it first came; with the letters in front, once a feed has sent them. */
  readonly alertId: string;
  readonly state: AlertState;
  /** Formats that it came in, each once. */
  readonly sources: readonly SourceName[];
  readonly product: Product;
  /** Machines that events named, or that Defender gave for it; a machine of an alert never changes. */
  readonly machineIds: readonly string[];
  /** ISO 8601. */
  readonly receivedAt: string;
  /** When it was raised, where an event or the id said so: ISO 8601. */
  readonly raisedAt?: string | undefined;
  /** Which result this is or will be: 1, and one more each time that it is made anew. */
  readonly sequence: number;
  /** Of the newest message that was sent for it; older ones are dropped. */
  readonly ticket: number;
  /** When it is next to be tried, while it waits; milliseconds since 1970. */
  readonly due: number;
  /** How often it was tried in vain since it last began; waiting for the quota is none. */
  readonly tries: number;
  /** How often its messages went astray: were taken too often, or vanished. */
  readonly strays: number;
  /** How often Defender did not know it, in neither of its spellings, while it was young. */
  readonly looks?: number | undefined;
  /** Calls that went to Defender for it. */
  readonly calls: number;
  /** Why it waits, or has no machine. */
  readonly reason?: string | undefined;
  /** Of a final state: ISO 8601. */
  readonly finishedAt?: string | undefined;
}

export const isFinal = ({ state }: Pick<AlertRecord, 'state'>): boolean => state !== 'waiting';
