/**
 * A tag of what an answer says, so that who has the same already need not get it again (`ETag` and `If-None-Match`, RFC 9110).
 * It is weak, because it is one for all codings of a body: a strong one would have to differ between gzip and plain (section 8.8.3.3).
 */
import { hash } from 'node:crypto';

/** Larger bodies are not hashed: half a millisecond a MiB, and a page of 10,000 machines is never the same twice. */
export const mostTaggedBytes = 1024 * 1024;

/** The same for the same bytes, in every process. @param body not written to afterwards */
export const entityTag = (body: string | Uint8Array): string => {
  if (typeof body === 'string') return tagOf(body);
  const known = tags.get(body) ?? tagOf(body);
  tags.set(body, known);
  return known;
};

const tagOf = (body: string | Uint8Array): string =>
  `W/"${hash('sha256', body, 'base64url').slice(0, hashCharacters)}"`;

/** Of bodies that are kept, and so given many times; gone with them. */
const tags = new WeakMap<Uint8Array, string>();

/**
 * Whether the caller has what the tag stands for (weak comparison: whether one of them or both are weak does not matter).
 *
 * @param ifNoneMatch as the caller sent it: a list of tags, or `*` for anything at all. What is no tag is passed over
 */
export const isKnown = (tag: string, ifNoneMatch: string): boolean => {
  if (ifNoneMatch.trim() === '*') return true;
  const opaqueTags: readonly string[] = ifNoneMatch.slice(0, mostCharacters).match(opaqueTag) ?? [];
  return opaqueTags.includes(tag.replace(/^W\//, ''));
};

/** 132 bits. */
const hashCharacters = 22;
const opaqueTag = /"[\x21\x23-\x7e\x80-\xff]*"/g;
/** Nobody has more than some hundred of our answers at hand. */
const mostCharacters = 8192;
