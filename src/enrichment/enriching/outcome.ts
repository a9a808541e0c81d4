/** What came of asking for the machines of an alert. */
import type { EnrichedMachine } from '../event.ts';
import type { AlertState } from '../record.ts';

export type Outcome = Ended | Later;

export interface Ended {
  readonly kind: 'ended';
  readonly state: Exclude<AlertState, 'waiting'>;
  /** Of any state but `enriched`. */
  readonly reason?: string | undefined;
  readonly machines: readonly EnrichedMachine[];
  /** Machines that the event names and Defender does not know. */
  readonly unknownMachineIds: readonly string[];
  /** Calls that this try cost. */
  readonly calls: number;
}

export interface Later {
  readonly kind: 'later';
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly reason: string;
  /** Only `fault` was a try in vain; the others wait for the quota, or for Defender to know a young alert. */
  readonly because: 'quota' | 'young' | 'fault';
  /** Of a young one: it was asked for in both of its spellings. */
  readonly isWhole?: boolean;
  readonly calls: number;
}
