/** What came, as it is kept: JSON again. */

/** Of objects and lists in one another. What alerts come in has a dozen; far more could be read, but not be written again. */
export const mostDepth = 100;

/** @returns undefined for what lies too deep */
export const writtenOriginal = (original: unknown): string | undefined => {
  try {
    const text = JSON.stringify(original) ?? 'null';
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
