/**
 * An answer in its stored form: what is known of it as a line of JSON, then its body as it came, all of it deflated.
 *
 * A machine of 1.3 KB takes 0.7 KB, a hundred of them 16 KB; some 400 fit. Small answers are packed on the spot, in about 50 µs;
 * handing them to zlib's threads costs more than that.
 */
import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync, inflateRaw, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import type { Answered } from '../defender/answer.ts';
import { mostSharedBytes } from './sharedAnswers.ts';

/** The largest stored form: one property of an entity holds 64 KiB ("Understanding the Table service data model"). */
export const mostStoredBytes = 60 * 1024;

/** The stored form; undefined where the answer is too large to be shared. */
export const encodeAnswer = async (answered: Answered): Promise<Uint8Array | undefined> => {
  const { status, headers, askedFor, warning, body } = answered;
  if (body.byteLength > mostSharedBytes) return undefined;
  const known = { status, headers, askedFor, warning, length: body.byteLength } satisfies z.input<typeof line>;
  const packed = await pack(Buffer.concat([Buffer.from(`${JSON.stringify(known)}\n`), body]));
  return packed.byteLength > mostStoredBytes ? undefined : packed;
};

/** @throws Error where it is none */
export const decodeAnswer = async (stored: Uint8Array): Promise<Answered> => {
  const unpacked = await unpack(stored);
  const end = unpacked.indexOf('\n');
  const { length, askedFor, warning, ...known } = line.parse(JSON.parse(unpacked.toString('utf8', 0, end)));
  const body = unpacked.subarray(end + 1);
  if (body.byteLength !== length) throw new Error(`the body has ${body.byteLength} bytes instead of ${length}`);
  return {
    kind: 'answered',
    ...known,
    body,
    ...(askedFor === undefined ? {} : { askedFor }),
    ...(warning === undefined ? {} : { warning }),
  };
};

const line = z.object({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  askedFor: z.optional(z.string()),
  warning: z.optional(z.string()),
  /** Of the body, in bytes. */
  length: z.int(),
});

const packedAtOnce = 32 * 1024;
const unpackedAtOnce = 8 * 1024;
/** The line before the body holds headers and an address. Nothing larger is unpacked, whatever stands there. */
const bounded = { maxOutputLength: mostSharedBytes + 64 * 1024 };

const pack = async (plain: Uint8Array): Promise<Uint8Array> =>
  plain.byteLength <= packedAtOnce ? deflateRawSync(plain) : promisify(deflateRaw)(plain);

const unpack = async (packed: Uint8Array): Promise<Buffer> =>
  packed.byteLength <= unpackedAtOnce ? inflateRawSync(packed, bounded) : promisify(inflateRaw)(packed, bounded);
