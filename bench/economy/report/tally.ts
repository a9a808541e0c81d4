/** How often each text is there. */
export const tally = (texts: readonly string[]): Readonly<Record<string, number>> => {
  const counted: Record<string, number> = {};
  for (const text of texts) counted[text] = (counted[text] ?? 0) + 1;
  return counted;
};
