/**
 * Which record of the fleet is which device. In every 32 records one device has been re-imaged twice and its old
 * records folded into each other (28 <- 29 <- 30), and one has come back under a new id (27 and 31).
 */
import { anyPlatform, commonPlatform, type Platform } from './platforms.ts';
import { below, hex, random, streams } from './random.ts';

/** What a fleet is made from. The same plan gives the same bytes, on every machine and every Node. */
export interface FleetPlan {
  /** Records in the fleet, 0 to 1,000,000. */
  readonly machines: number;
  readonly seed: number;
  /** Milliseconds since 1970: the newest instant a record may hold. */
  readonly asOf: number;
  readonly tenantId: string;
  /** Alerts in the fleet; as many as befit its machines unless told. */
  readonly alerts?: number | undefined;
  /** Most machines of a fleet whose records are kept once they are made; 50,000 unless told. */
  readonly mostKept?: number | undefined;
}

/** Whether its records are kept; those of a bigger fleet are made anew whenever they are looked at. */
export const isKept = ({ machines, mostKept = 50_000 }: FleetPlan): boolean => machines <= mostKept;

export type Story =
  | { readonly kind: 'plain' }
  /** Another record bears the same name. */
  | { readonly kind: 'reimaged'; readonly first: number }
  | { readonly kind: 'merged'; readonly into: number; readonly first: number };

/** What became of a record. Links always point to a lower index, so that they hold in a fleet of any size. */
export const storyOf = (index: number): Story => {
  const slot = index % 32;
  if (slot === 29) return { kind: 'merged', into: index - 1, first: index - 1 };
  if (slot === 30) return { kind: 'merged', into: index - 1, first: index - 2 };
  if (slot === 31) return { kind: 'reimaged', first: index - 4 };
  return { kind: 'plain' };
};

/** Whether a record stands for itself: it is not merged, and nobody's twin. */
export const isPlain = (index: number): boolean => storyOf(index).kind === 'plain' && index % 32 < 27;

/** Whether other records of the fleet bear the same name. */
export const isTwin = ({ machines }: FleetPlan, index: number): boolean => {
  const slot = index % 32;
  if (slot === 28) return index + 1 < machines;
  if (slot === 27) return index + 4 < machines;
  return slot > 28;
};

/**
 * Whom a device is named after, for names that do not say which machine is meant: from the 300th on, in every 320
 * records two are called as the one before them in another domain, and two without a domain.
 */
export const namesakeOf = (index: number): { readonly first: number; readonly hasDomain: boolean } | undefined => {
  const slot = index % 320;
  if (slot === 301 || slot === 303) return { first: index - 1, hasDomain: true };
  if (slot === 310 || slot === 312) return { first: index - 1, hasDomain: false };
  return undefined;
};

const documentedId = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';

/** 40 hexadecimal digits; the first record is the one of the vendor's examples. */
export const machineIdAt = (seed: number, index: number): string =>
  index === 0 ? documentedId : hex(random(seed, streams.id, index), 40);

/** The first eight digits as a number, for less than the whole id. */
export const machineIdStart = (seed: number, index: number): number =>
  index === 0 ? Number.parseInt(documentedId.slice(0, 8), 16) : below(random(seed, streams.id, index), 4_294_967_296);

/** The index of the record that a device's name and platform come from. */
export const originOf = (index: number): number => {
  const story = storyOf(index);
  return story.kind === 'plain' ? index : story.first;
};

export const platformAt = (seed: number, index: number): Platform => {
  const origin = namesakeOf(index)?.first ?? originOf(index);
  return origin === 0 ? commonPlatform : anyPlatform(random(seed, streams.platform, origin));
};

/** The last part of `10.0.22631.4317`: how far a Windows machine is patched. */
export const revisionAt = (seed: number, index: number): number =>
  platformAt(seed, index).revision + 7 * below(random(seed, streams.revision, index), 90);

/** Whether Defender's sensor runs on it; the others were merely seen on the network. */
export const isOnboardedAt = (seed: number, index: number): boolean =>
  originOf(index) === 0 || below(random(seed, streams.onboarding, originOf(index)), 1000) >= 70;
