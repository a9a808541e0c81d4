/**
 * What comes of an alert: a CloudEvent ("CloudEvents", version 1.0.2). `docs/alerts.md` documents it. Its id stays the same however often it is
 * delivered; a result made anew has the next sequence number, and an id of its own.
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
  /** "Sequence" extension of CloudEvents: sorts as text. */
  readonly sequence: string;
  /** "Dataref" extension of CloudEvents: in place of data that is too big, where it is found. */
  readonly dataref?: string;
  readonly data?: AlertOutcome;
}

export interface AlertOutcome {
  readonly alertId: string;
  readonly state: Exclude<AlertState, 'waiting'>;
  readonly sequence: number;
  readonly sources: readonly SourceName[];
  readonly receivedAt: string;
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
