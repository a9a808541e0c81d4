import { entityTag, isKnown, mostTaggedBytes } from './entityTag.ts';
import type { Reply } from './reply.ts';

/**
 * A 200 gets its `ETag`; and becomes a 304 without a body where the caller has the same already. Anything else stays as it is, for a
 * condition is about what would have been a success (RFC 9110, section 13.2.1). Give it all headers about the answer before this:
 * a 304 carries them too (section 15.4.5), apart from what describes a body that is not there.
 *
 * @param ifNoneMatch of a GET
 */
export const conditional = (reply: Reply, ifNoneMatch: string | null): Reply => {
  const tag = reply.status === 200 ? tagOf(reply) : undefined;
  if (tag === undefined) return reply;
  const headers = { ...reply.headers, etag: tag };
  return ifNoneMatch !== null && isKnown(tag, ifNoneMatch)
    ? { status: 304, headers: withoutBody(headers), body: '' }
    : { ...reply, headers };
};

/** A large body has the tag that Defender gave it, if any: weak, as we may compress it. */
const tagOf = ({ body, headers }: Reply): string | undefined =>
  body.length <= mostTaggedBytes ? entityTag(body) : headers.etag?.replace(/^(?=")/, 'W/');

const withoutBody = (headers: Reply['headers']): Reply['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofBodies.includes(name)));

const ofBodies = ['content-type', 'content-length', 'last-modified'];
