import { type Member, readMembers, startOf } from './members.ts';
import { type Edit, splice } from './splice.ts';

/** The members of an object in their order, and the index of the brace that closes it. */
export interface Members {
  readonly members: readonly Member[];
  readonly brace: number;
}

/** The members of the object that the bytes begin with; undefined where they don't. */
export const membersOf = (body: Uint8Array): Members | undefined => {
  const members: Member[] = [];
  const brace = readMembers(body, startOf(body), (member) => members.push(member));
  return brace < 0 ? undefined : { members, brace };
};

/**
 * The same object with one top-level member put in, changed or taken out, such as `@odata.nextLink`; all other bytes stay.
 *
 * @param json the value's text; undefined takes the member out
 * @returns the same bytes where there is nothing to do, or no object
 */
export const withMember = (body: Uint8Array, name: string, json: string | undefined): Uint8Array => {
  const found = membersOf(body);
  return found ? splice(body, memberEdits(found, name, json)) : body;
};

/**
 * The edits that do it, to be made together with others.
 *
 * @param behind the member that a new one is put behind; without, it becomes the last
 */
export const memberEdits = (
  { members, brace }: Members,
  name: string,
  json: string | undefined,
  behind?: string,
): readonly Edit[] => {
  const i = members.findLastIndex((member) => member.name === name);
  const there = members[i];
  if (there && json !== undefined) return [{ start: there.valueStart, end: there.end, pieces: [bytes(json)] }];
  if (there) return [removed(there, members[i - 1], members[i + 1])];
  if (json === undefined) return [];
  const before = members.findLast((member) => member.name === behind) ?? members.at(-1);
  const at = before?.end ?? brace;
  return [{ start: at, end: at, pieces: [bytes(`${before ? ',' : ''}${JSON.stringify(name)}:${json}`)] }];
};

/** With one of the commas beside it. */
const removed = ({ start, end }: Member, before: Member | undefined, next: Member | undefined): Edit => ({
  start: before?.end ?? start,
  end: before ? end : (next?.start ?? end),
  pieces: [],
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
