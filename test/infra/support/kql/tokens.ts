/** The words of Kusto's language, as far as our queries use it. */

export type Token =
  | { readonly kind: 'text' | 'word' | 'sign'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string };

const pattern =
  /\s*(?:@'(?<verbatim>(?:[^']|'')*)'|'(?<plain>(?:[^'\\]|\\.)*)'|(?<number>\d+(?:\.\d+)?)|(?<word>!?[A-Za-z_]\w*)|(?<sign>==|!=|<=|>=|[<>=(),+*/-]))/y;

/** @throws Error where it says more than is understood here */
export const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  const end = text.trimEnd().length;
  for (let at = 0; at < end; at = pattern.lastIndex) {
    const groups = pattern.exec(text)?.groups;
    if (!groups) throw new Error(`not understood: ${text.slice(at)}`);
    const { verbatim, plain, number, word, sign } = groups;
    if (verbatim !== undefined) tokens.push({ kind: 'text', text: verbatim.replaceAll("''", "'") });
    else if (plain !== undefined) tokens.push({ kind: 'text', text: unescaped(plain) });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else tokens.push({ kind: word === undefined ? 'sign' : 'word', text: word ?? sign ?? '' });
  }
  return tokens;
};

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const unescaped = (text: string): string => text.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
