import { hour } from '../../../src/local/simulator/fleet/instant.ts';

const day = 24 * hour;

/**
 * The day that a fleet is made for: its last alerts were raised just before, and an hour is enough for what Defender does not know to count.
 *
 * @param now milliseconds since 1970
 */
export const asOfAt = (now: number): number => {
  const grown = now - hour;
  return grown - (grown % day);
};
