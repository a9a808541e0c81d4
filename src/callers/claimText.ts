/**
 * A claim as messages repeat it: between quotes, printable ASCII without what would end them in a header, 80 characters at most. Who wrote the
 * token wrote the claim.
 */
export const claimText = (claim: unknown): string => {
  if (typeof claim !== 'string') return claim === undefined ? 'nothing' : 'something that is no text';
  const plain = claim.slice(0, mostCharacters + 1).replace(/[^ -~]|["'\\]/g, '?');
  return `'${plain.length > mostCharacters ? `${plain.slice(0, mostCharacters - 3)}...` : plain}'`;
};

const mostCharacters = 80;
