import { textAt } from '../odata/collection/members.ts';
import { splice } from '../odata/collection/splice.ts';
import { memberEdits, membersOf } from '../odata/collection/withMember.ts';
import { countRows } from '../odata/collection.ts';

const nextLink = '@odata.nextLink';

/**
 * The same answer with its next link on our own address: only the query of Defender's link is taken over, so that neither a
 * caller nor its token is led to another host.
 *
 * @param here where the caller asked, without query: `https://gateway.example/testwdatppreview/machinesecuritystates`
 * @throws where the body is no JSON
 */
export const withOwnNextLink = (body: Uint8Array, here: string): Uint8Array => {
  const found = membersOf(body);
  if (!found) mustBeJson(body);
  const member = found?.members.findLast(({ name }) => name === nextLink);
  const link = member && textAt(body, member.valueStart, member.end);
  if (!found || link === undefined) return body;
  const [, query = ''] = /(\?[^#]*)/.exec(link) ?? [];
  return splice(body, memberEdits(found, nextLink, JSON.stringify(here + query)));
};

/**
 * How many rows a collection holds; undefined where the body is none.
 *
 * @throws where the body is no JSON
 */
export const rowsOf = (body: Uint8Array): number | undefined => {
  const rows = countRows(body);
  if (rows === undefined) mustBeJson(body);
  return rows;
};

const mustBeJson = (body: Uint8Array): void => {
  JSON.parse(new TextDecoder().decode(body));
};
