/** What came, as it is kept: JSON again, written once for all alerts that share it. */

/** Of objects and lists in one another. What alerts come in has a dozen; far more could be read, but not be written again. */
export const mostDepth = 100;

/** @returns undefined for what lies too deep */
export type WriteOriginal = (original: unknown) => string | undefined;

export const createWriteOriginal = (): WriteOriginal => {
  const known = new Map<unknown, string | undefined>();
  return (original) => {
    if (!known.has(original)) known.set(original, jsonOf(original));
    return known.get(original);
  };
};

const jsonOf = (value: unknown): string | undefined => {
  try {
    const text = JSON.stringify(value) ?? 'null';
    return depthOf(text) > mostDepth ? undefined : text;
  } catch {
    return undefined;
  }
};

const depthOf = (json: string): number => {
  let depth = 0;
  let most = 0;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '"') at = endOfText(json, at);
    if (character === '[' || character === '{') most = Math.max(most, ++depth);
    if (character === ']' || character === '}') depth--;
  }
  return most;
};

/** Where the text that begins at a quote ends: at the next quote that no backslash escapes. */
const endOfText = (json: string, start: number): number => {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === '\\') at++;
    else if (json[at] === '"') return at;
  }
  return json.length;
};
