/**
 * What comes of an alert: a CloudEvent ("CloudEvents", version 1.0.2). `docs/alert-events.md` documents it. Its id stays the same however often it
 * is delivered; a result made anew has the next sequence number, and an id of its own.
 */

import type { Machine } from './machineSource.ts';
import type { AlertState } from './record.ts';
import type { SourceName } from './reference.ts';

export interface AlertEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  /** `enriched` where it has a machine, `notEnriched` where it ended without. */
  readonly type: `defender.gateway.alert.${'enriched' | 'notEnriched'}.v1`;
  /** The alert's id. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** "Sequence" extension of CloudEvents: of the results of one alert, sorts as text. */
  readonly sequence: string;
  /** An extension of ours: the alert's state, for whoever filters by attributes, or has no data. */
  readonly alertstate: FinalState;
  /** "Dataref" extension of CloudEvents: in place of data that is too big, where it is found. */
  readonly dataref?: string;
  readonly data?: AlertOutcome;
}

export type FinalState = Exclude<AlertState, 'waiting'>;

export interface AlertOutcome {
  readonly alertId: string;
  readonly state: FinalState;
  readonly sequence: number;
  readonly sources: readonly SourceName[];
  readonly receivedAt: string;
  /** Where an event or the alert's id says so. */
  readonly raisedAt?: string;
  readonly finishedAt: string;
  /** Of any state but `enriched`: why. */
  readonly reason?: string;
  readonly machines: readonly EnrichedMachine[];
  /** Machines that the event names and Defender does not know. */
  readonly unknownMachineIds: readonly string[];
  /** Calls that went to Defender for this alert; none where its machine came along with others or was kept. */
  readonly calls: number;
  /** Where this is found again. */
  readonly link: string;
  /** As it came. */
  readonly alert: unknown;
}

export interface EnrichedMachine {
  /** Whole, as Defender sent it. */
  readonly machine: Machine;
  /** How old the answer was when this was made. */
  readonly ageSeconds: number;
  /** When Defender was asked: ISO 8601. */
  readonly asOf: string;
  readonly from: 'cache' | 'defender';
  /** How it was found: named by the event, or by Defender's call for the alert. */
  readonly by: 'machineId' | 'alertId';
}
