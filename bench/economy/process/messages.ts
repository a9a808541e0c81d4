/** What the bench and the processes that it starts say to each other. */
import type { Limit } from '../../../src/quota/limits.ts';

/** What stands around the gateway: storage, identity, and a Defender that takes its time. */
export interface Surroundings {
  /** The folder of the package.json that names azurite. */
  readonly appRoot: string;
  readonly machines: number;
  readonly latencyMs: number;
  readonly limits: readonly Limit[];
}

/** A functions host. */
export interface Hosting {
  readonly appRoot: string;
  readonly workerPath: string;
  readonly environment: Readonly<Record<string, string>>;
}

export type ToPart =
  | { readonly kind: 'surround'; readonly surroundings: Surroundings }
  | { readonly kind: 'host'; readonly hosting: Hosting }
  /** To a host: how much memory it and its worker have after a collection. */
  | { readonly kind: 'weigh' }
  | { readonly kind: 'end' };

export type FromPart =
  | { readonly kind: 'surrounds'; readonly wiring: Readonly<Record<string, string>>; readonly addresses: Addresses }
  | { readonly kind: 'hosts'; readonly url: string; readonly key: string }
  | { readonly kind: 'weight'; readonly host: Weight; readonly worker: Weight }
  | { readonly kind: 'failed'; readonly message: string };

export interface Addresses {
  readonly simulator: string;
  /** Where Defender's twin answers: the same fleet, no quota, no delay. It tells what is right, and its calls count nowhere. */
  readonly twin: string;
  readonly tokens: string;
}

/** Bytes, after a forced collection. */
export interface Weight {
  /** Resident memory of the whole process. */
  readonly resident: number;
  readonly heap: number;
  /** Array buffers among them. */
  readonly external: number;
}
