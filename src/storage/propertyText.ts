/** Long texts in an entity: over as many string properties as they need, `t0`, `t1`, and so on. */

/** Characters. A string property holds 32,768 at most ("Understanding the Table service data model": 64 KiB of UTF-16). */
export const mostInProperty = 30_000;

export type TextProperties = Readonly<Record<`t${number}`, string>>;

/** No property for an empty text. */
export const propertiesOfText = (text: string): TextProperties => {
  if (text.length <= mostInProperty) return text === '' ? {} : { t0: text };
  const properties: Record<`t${number}`, string> = {};
  let from = 0;
  for (let i = 0; from < text.length; i += 1) {
    const to = endOfPiece(text, from);
    properties[`t${i}`] = text.slice(from, to);
    from = to;
  }
  return properties;
};

export const textOfProperties = (properties: Readonly<Record<string, unknown>>): string => {
  const pieces: string[] = [];
  for (let i = 0; ; i += 1) {
    const piece = properties[`t${i}`];
    if (typeof piece !== 'string') return pieces.join('');
    pieces.push(piece);
  }
};

/** Half a character outside of the basic plane would not come back. */
const endOfPiece = (text: string, from: number): number => {
  const to = Math.min(from + mostInProperty, text.length);
  const last = text.charCodeAt(to - 1);
  return last >= 0xd800 && last < 0xdc00 && to < text.length ? to - 1 : to;
};
