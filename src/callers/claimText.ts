/** Text of whatever origin, fit to stand in a message and in a quoted header: printable ASCII, without quotes and backslashes. */
export const plainText = (text: string, mostCharacters: number): string => {
  const plain = text.slice(0, mostCharacters + 1).replace(/[^ -~]|["'\\]/g, '?');
  return plain.length > mostCharacters ? `${plain.slice(0, mostCharacters - 3)}...` : plain;
};

/** A claim as messages repeat it: who wrote the token wrote the claim. */
export const claimText = (claim: unknown): string => {
  if (claim === undefined) return 'nothing';
  return typeof claim === 'string' ? `'${plainText(claim, 80)}'` : 'something that is no text';
};
