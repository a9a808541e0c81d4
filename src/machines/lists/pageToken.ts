/**
 * Where a walk through a list stands, as text that only this gateway can write: what was asked, how far it is, and the marks of the last rows
 * given. Deflated and signed (HMAC-SHA256); it is no secret, and it is worth nothing where it was changed.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import { markBytes } from '../../defender/paging/marks.ts';

const position = z.object({
  /** As printed; undefined for all machines. */
  filter: z.optional(z.string()),
  /** As the caller wrote it. */
  select: z.optional(z.string()),
  /** The device groups that whoever walks is bound to, ascending. */
  groups: z.optional(z.array(z.int())),
  /** Where the last page ended: rows of Defender's list before that. */
  offset: z.int().check(z.nonnegative()),
  /** Rows asked for with each call. */
  size: z.int().check(z.positive()),
  /** Pages given so far. */
  pages: z.int().check(z.positive()),
});

export type Position = z.infer<typeof position> & {
  /** Of the last rows given, in their order. */
  readonly marks: readonly number[];
};

/** A query holds 4,096 characters (Azure Functions, HTTP trigger), the option's name included. */
const mostCharacters = 4096 - '?$skiptoken='.length;
const version = 1;
const signatureBytes = 32;
const headBytes = 2;

/** @returns undefined where it would be too long for a link; that is for the filter to blame */
export const writeToken = ({ marks, ...where }: Position, key: Uint8Array): string | undefined => {
  const head = Uint8Array.of(version, marks.length);
  const payload = Buffer.concat([head, writeMarks(marks), deflateRawSync(JSON.stringify(where))]);
  const token = Buffer.concat([payload, signature(payload, key)]).toString('base64url');
  return token.length <= mostCharacters ? token : undefined;
};

/** @returns undefined where the token was not written with this key, or by a version of the gateway that wrote others */
export const readToken = (token: string, key: Uint8Array): Position | undefined => {
  const bytes = Buffer.from(token, 'base64url');
  const payload = bytes.subarray(0, -signatureBytes);
  const isOurs = timingSafeEqual(signature(payload, key), padded(bytes.subarray(-signatureBytes)));
  if (!isOurs || bytes.toString('base64url') !== token || payload[0] !== version) return undefined;
  const marksEnd = headBytes + (payload[1] ?? 0) * markBytes;
  const where = position.parse(JSON.parse(inflateRawSync(payload.subarray(marksEnd)).toString()));
  return { ...where, marks: readMarks(payload.subarray(headBytes, marksEnd)) };
};

const signature = (payload: Uint8Array, key: Uint8Array): Buffer => createHmac('sha256', key).update(payload).digest();

/** What is too short to be a signature is none. */
const padded = (bytes: Uint8Array): Uint8Array => Buffer.concat([bytes, Buffer.alloc(signatureBytes)], signatureBytes);

const writeMarks = (marks: readonly number[]): Uint8Array => {
  const bytes = Buffer.alloc(marks.length * markBytes);
  for (const [i, mark] of marks.entries()) bytes.writeUIntBE(mark, i * markBytes, markBytes);
  return bytes;
};

const readMarks = (bytes: Buffer): readonly number[] =>
  Array.from({ length: bytes.length / markBytes }, (_, i) => bytes.readUIntBE(i * markBytes, markBytes));
