/**
 * A dictionary of HTTP's structured fields, such as `u=5, i` (RFC 9651). It is read whole or not at all, as that standard asks:
 * what part of a broken field meant nobody can know.
 */

/** Each name with its value as it was written, without parameters; `?1` where a name stands alone. The last of a repeated name counts. */
export type Dictionary = ReadonlyMap<string, string>;

/** @returns undefined where the text is no dictionary; an empty one where it is empty */
export const readDictionary = (text: string): Dictionary | undefined => {
  const members = new Map<string, string>();
  const line = text.replace(/^ +| +$/g, '');
  for (let at = 0; at < line.length; ) {
    member.lastIndex = at;
    const [whole = '', name = '', value = '?1', separator = ''] = member.exec(line) ?? [];
    at += whole.length;
    const isEnd = at === line.length;
    if (name === '' || isEnd !== (separator === '')) return undefined;
    members.set(name, value);
  }
  return members;
};

const key = String.raw`[a-z*][a-z0-9_\-.*]*`;
const bareItem = [
  String.raw`-?\d{1,12}\.\d{1,3}`,
  String.raw`-?\d{1,15}`,
  String.raw`"(?:[ !#-[\]-~]|\\["\\])*"`,
  String.raw`[A-Za-z*][!#$%&'*+\-.^_\`|~\w:/]*`,
  ':[A-Za-z0-9+/=]*:',
  String.raw`\?[01]`,
  String.raw`@-?\d{1,15}`,
  '%"(?:[ !#$&-~]|%[0-9a-f]{2})*"',
].join('|');
const parameters = `(?:; *${key}(?:=(?:${bareItem}))?)*`;
const innerList = String.raw`\((?: *(?:${bareItem})${parameters}(?=[ )]))* *\)`;
const member = new RegExp(String.raw`(${key})(?:=(${bareItem}|${innerList}))?${parameters}([ \t]*,[ \t]*)?`, 'y');
