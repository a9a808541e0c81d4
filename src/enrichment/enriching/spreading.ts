/**
 * When alerts come again that the quota refused. It gives each an instant of its own only so far (`quota/refusal.ts`): all beyond are told the
 * same one, would come together, and all but few be put back once more. What is told no later than another before is spread from there on.
 */

/** Milliseconds between two: the fastest pace that Defender allows, 100 calls a minute, so that no turn is left unused. */
const apartMs = 600;
/** So many that are told the same come then: it may be the instant at which a whole minute's quota is free again. */
const mostTogether = 32;
/** Instants are told in whole seconds from the moment of asking. */
const sameMs = 1000;

/** @param told milliseconds since 1970 @returns when to come: `told`, or later */
export type Spreading = (told: number) => number;

/** For the alerts of one process that cost a call each. */
export const createSpreading = (): Spreading => {
  let latest = 0;
  let end = 0;
  return (told) => {
    if (told > latest + sameMs) {
      latest = told;
      return told;
    }
    end = Math.max(end, told) + apartMs;
    return Math.max(told, end - mostTogether * apartMs);
  };
};
