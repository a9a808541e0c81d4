/** Why an alert waits or has failed, as it is kept: what Defender or a fault says may be of any length, and a row is not. */

/** Characters. */
export const mostReason = 1000;

export const shortReason = (reason: string): string =>
  reason.length <= mostReason ? reason : `${reason.slice(0, mostReason - 1).replace(/\p{Surrogate}$/u, '')}…`;
