/** What the bench and its processes say to each other. */
import type { SimulatorOptions } from '../../../src/local/simulator/options.ts';
import type { Run } from '../../../src/snapshots/run.ts';

/** One entity group transaction that was written. */
export interface Transaction {
  readonly table: string;
  readonly partition: string;
  readonly entities: number;
}

export type ToGateway =
  /** Fires a timer, and answers when its function is through. */
  | { readonly kind: 'fire'; readonly timer: 'snapshotSecurityStates' | 'resumeSnapshot' }
  | { readonly kind: 'profile' }
  /** @param file where the profile that began is written */
  | { readonly kind: 'endProfile'; readonly file: string }
  | { readonly kind: 'weigh' }
  | { readonly kind: 'end' };

export type FromGateway =
  | { readonly kind: 'isReady' }
  /** @param transactions that wrote meanwhile, those of a partition in their order */
  | { readonly kind: 'isThrough'; readonly transactions: readonly Transaction[] }
  | { readonly kind: 'profiles' }
  | { readonly kind: 'profiled' }
  /** Bytes of resident memory. */
  | { readonly kind: 'weighs'; readonly resident: number }
  | Failed;

export type ToDefender =
  | { readonly kind: 'start'; readonly options: SimulatorOptions; readonly secret: string }
  | { readonly kind: 'end' };

export type FromDefender = { readonly kind: 'started'; readonly defender: string; readonly identity: string } | Failed;

export type ToBare =
  | {
      readonly kind: 'read';
      readonly from: string;
      readonly table: string;
      readonly transactions: readonly Transaction[];
    }
  /** As a run reads it. */
  | { readonly kind: 'readStaged'; readonly from: string; readonly run: Run }
  /** @param lanes partitions at a time @param table a new one */
  | {
      readonly kind: 'write';
      readonly to: string;
      readonly table: string;
      readonly lanes: number;
      readonly most?: number;
    }
  | { readonly kind: 'end' };

export type FromBare =
  | { readonly kind: 'hasRead'; readonly rows: number }
  | { readonly kind: 'hasReadStaged'; readonly seconds: number }
  | { readonly kind: 'wrote'; readonly seconds: number; readonly entities: number }
  | Failed;

export interface Failed {
  readonly kind: 'failed';
  readonly message: string;
}
