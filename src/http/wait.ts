/**
 * How long a caller can wait, by `Prefer: wait=N` (RFC 7240). What can't be read is ignored, as that standard asks;
 * `Preference-Applied` on the answer says what was understood.
 */
export interface Wait {
  readonly seconds: number;
  /** The caller said so itself. */
  readonly isAsked: boolean;
}

export const defaultWaitSeconds = 30;
/** Azure cuts an HTTP answer at 230 s ("Azure Functions scale and hosting", timeout). */
export const mostWaitSeconds = 200;

export const readWait = (prefer: string | null): Wait => {
  for (const preference of (prefer ?? '').split(',')) {
    const [, seconds] = /^\s*wait\s*=\s*"?(\d+)"?\s*(?:;.*)?$/i.exec(preference) ?? [];
    if (seconds !== undefined) return { seconds: Math.min(mostWaitSeconds, Number(seconds)), isAsked: true };
  }
  return { seconds: defaultWaitSeconds, isAsked: false };
};
