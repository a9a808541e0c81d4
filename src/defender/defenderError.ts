/**
 * Defender's error envelope, `{"error":{"code","message","target"}}`, as far as it can be relied on: any part may be
 * missing, the code of a 429 has been `"429"` and `TooManyRequests`, and its message has been worded in several ways.
 */
import * as z from 'zod/mini';
import type { Limit } from '../quota/limits.ts';

const envelope = z.object({
  error: z.object({ code: z.optional(z.string()), message: z.optional(z.string()) }),
});

export interface DefenderError {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

/** The error in a body; undefined where there is none. */
export const readDefenderError = (body: Uint8Array): DefenderError | undefined => {
  try {
    return envelope.safeParse(JSON.parse(new TextDecoder().decode(body))).data?.error;
  } catch {
    return undefined;
  }
};

const mostSeconds = 3600;
const unsaidSeconds = 60;

/**
 * How long a 429 asks to wait, in seconds: by its header, else by its message ("again in 8 seconds"), else a minute.
 *
 * @param header `Retry-After`, seconds or a date
 * @param wallMs now, for a date
 */
export const secondsToStayAway = (header: string | null, error: DefenderError | undefined, wallMs: number): number => {
  const said = headerSeconds(header, wallMs) ?? messageSeconds(error?.message) ?? unsaidSeconds;
  return Math.min(mostSeconds, Math.max(1, Math.ceil(said)));
};

/** `Retry-After` in seconds, 0 for a date gone by; undefined where it is missing or neither a number nor a date. */
export const headerSeconds = (header: string | null, wallMs: number): number | undefined => {
  if (header === null) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header);
  const instant = Date.parse(header);
  return Number.isNaN(instant) ? undefined : Math.max(0, (instant - wallMs) / 1000);
};

/** The limit that the message of a 429 names: "Maximum allowed 30 per 00:01:00" (seen in 2021 and 2022, worded in several ways). */
export const limitNamed = (message: string | undefined): Limit | undefined => {
  const [, calls, hours, minutes, seconds] =
    /allowed (\d{1,6}) per (\d{1,2}):(\d{2}):(\d{2})/i.exec(message ?? '') ?? [];
  if (calls === undefined) return undefined;
  return { calls: Number(calls), seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) };
};

const messageSeconds = (message: string | undefined): number | undefined => {
  const [, seconds] = /again in (\d+)\s*seconds?/i.exec(message ?? '') ?? [];
  return seconds === undefined ? undefined : Number(seconds);
};
