/** Machines by what identifies them, for the resolver and the enrichment: merged with whatever else is looked up at that moment. */
import type { Answer } from '../defender/answer.ts';
import type { Source } from './told.ts';
import type { Wish } from './wish.ts';

export interface Finder {
  /** Records named so: with this first label, or this full name; a name without a domain is one label. Letters of any case. */
  byHostName(name: HostName, wish: Wish): Promise<Found>;
  /** Records with exactly this id, Entra device id, or last address. */
  by(property: 'id' | 'aadDeviceId' | 'lastIpAddress', value: string, wish: Wish): Promise<Found>;
  /** The machine that an alert was raised on. */
  ofAlert(alertId: string, wish: Wish): Promise<Found>;
}

export interface HostName {
  /** The first label, in lower case: `srv02`. */
  readonly label: string;
  /** What follows it, in lower case: `contoso.com`; undefined for a short name. */
  readonly domain?: string | undefined;
}

export type Found =
  /** Whole rows, as Defender sent them; none where there are none (its 404 included). */
  | { readonly kind: 'machines'; readonly machines: readonly Machine[]; readonly source: Source }
  /** No answer, or a refusal other than 404. */
  | { readonly kind: 'failed'; readonly answer: Answer; readonly source: Source };

/** A record as JSON has it. Everything but the id may be missing or null. */
export interface Machine {
  readonly id: string;
  readonly [property: string]: unknown;
}
