/**
 * Where a walk through composed states stands, as the `$skiptoken` of a link: base64url of JSON. It holds no secret and is not signed: who
 * changes it changes only what comes to himself. The place among the machines is the token of their own list, which is.
 */
import * as z from 'zod/mini';

const machines = z.object({
  kind: z.literal('machines'),
  /** The `$skiptoken` of the list of machines. */
  next: z.string().check(z.minLength(1), z.maxLength(3000)),
  /** States given so far. */
  given: z.int().check(z.nonnegative()),
});

const stored = z.object({
  kind: z.literal('stored'),
  run: z.string().check(z.maxLength(20)),
  id: z.string().check(z.maxLength(200)),
});

/** The version comes first, so that all tokens of ours begin alike, and none of the preview's does. */
const token = z.object({ gateway: z.literal(1), at: z.discriminatedUnion('kind', [machines, stored]) });

export type Place = z.infer<typeof token>['at'];

/** Twelve characters, which are sixteen in base64 whatever follows. */
const begin = Buffer.from('{"gateway":1').toString('base64url');

export const writePlace = (at: Place): string => Buffer.from(JSON.stringify({ gateway: 1, at })).toString('base64url');

/** Whether it came from here, even where it was cut or changed since. */
export const isOurs = (text: string): boolean => text.startsWith(begin);

/** @returns undefined where the token can't be read */
export const readPlace = (text: string): Place | undefined => {
  if (!isOurs(text)) return undefined;
  try {
    return token.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data?.at;
  } catch {
    return undefined;
  }
};
