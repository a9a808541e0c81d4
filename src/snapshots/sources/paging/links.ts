import { textAt } from '../../../odata/collection/members.ts';
import type { Sliced } from '../../../odata/collection.ts';

/** What a collection says of more rows than it holds. */
export type Link =
  | { readonly kind: 'none' }
  /** It can be followed, by its query; where it leads is not looked at: the call is ours, and no other host is asked. */
  | { readonly kind: 'token'; readonly query: string }
  /** It says that there are more, and no more: without a `$skiptoken` links of Defender's are not to be trusted (microsoft-365-docs issue 8316). */
  | { readonly kind: 'more' };

export const linkIn = (body: Uint8Array, sliced: Sliced): Link => {
  const text = textOf(body, sliced, '@odata.nextLink');
  if (text === undefined) return { kind: 'none' };
  const query = queryOf(text);
  return query !== undefined && hasToken(query) ? { kind: 'token', query } : { kind: 'more' };
};

/** `@odata.count`, where it is a number; written as text, too. */
export const announcedIn = (body: Uint8Array, { members }: Sliced): number | undefined => {
  const member = members.findLast(({ name }) => name === '@odata.count');
  if (!member) return undefined;
  const text = new TextDecoder().decode(body.subarray(member.valueStart, member.end)).replace(/^"(.*)"$/, '$1');
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

/** The value of a member that is text, and not empty. */
const textOf = (body: Uint8Array, { members }: Sliced, name: string): string | undefined => {
  const member = members.findLast((each) => each.name === name);
  return (member && textAt(body, member.valueStart, member.end)) || undefined;
};

/** Encoded as an address has it, whatever the link looks like. */
const queryOf = (link: string): string | undefined => {
  try {
    return new URL(link, 'https://relative.invalid').search;
  } catch {
    return undefined;
  }
};

const hasToken = (query: string): boolean =>
  [...new URLSearchParams(query)].some(([name, value]) => name.toLowerCase() === '$skiptoken' && value !== '');
