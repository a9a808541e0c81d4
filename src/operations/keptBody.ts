/** Bodies as they are kept: byte for byte, as text where they are that. */
import type { Bodies } from '../storage/bodies.ts';
import type { KeptBody } from './operation.ts';

/** Characters of a body in the record itself, far below what a row holds (1 MiB of UTF-16, "Understanding the Table service data model"). */
const mostInRecord = 100_000;

export type WrittenBody = Pick<KeptBody, 'encoding'> & { readonly text: string };

export const writtenBody = (bytes: Uint8Array): WrittenBody => {
  try {
    return { encoding: 'utf8', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { encoding: 'base64', text: Buffer.from(bytes).toString('base64') };
  }
};

/** Whether it is not for the record. */
export const isLong = ({ text }: WrittenBody): boolean => text.length > mostInRecord;

/** @returns undefined where the body that is named is gone */
export const bytesOf = async (bodies: Pick<Bodies, 'get'>, kept: KeptBody): Promise<Uint8Array | undefined> => {
  const text = kept.name === undefined ? (kept.text ?? '') : await bodies.get(kept.name);
  return text === undefined ? undefined : Buffer.from(text, kept.encoding);
};
