/**
 * Where the next page of one of the gateway's own lists begins, as text for its link. It holds no secret and needs no key, for who writes one
 * himself gets nothing that he may not ask for; but one that was cut, or belongs to another list, would give a page that looks right and is not.
 */
import { hash } from 'node:crypto';

/** @param list which list it is of, such as `snapshotMachines/20261121T190000Z` */
export const writeSkipToken = (list: string, position: string): string =>
  Buffer.from(`${checkOf(list, position)}${position}`).toString('base64url');

/** @returns undefined where it is none of this list's */
export const readSkipToken = (list: string, token: string): string | undefined => {
  const text = Buffer.from(token, 'base64url').toString();
  const position = text.slice(checkCharacters);
  return writeSkipToken(list, position) === token ? position : undefined;
};

const checkCharacters = 8;

const checkOf = (list: string, position: string): string =>
  hash('sha256', `${list}\n${position}`, 'base64url').slice(0, checkCharacters);
