/**
 * Text of whatever origin, fit for a header: an answer must not fail because a fault's message had a line break or an umlaut in it.
 *
 * @returns printable ASCII, at most 500 characters; what is none is `?`
 */
export const headerText = (text: string): string => {
  const plain = text
    .slice(0, 2 * mostCharacters)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/[^ -~]/g, '?')
    .trim();
  return plain.length > mostCharacters ? `${plain.slice(0, mostCharacters - 3)}...` : plain;
};

const mostCharacters = 500;
