/** As Defender's texts are taken to compare: without regard to case, by code units. */
export const compareTexts = (a: string, b: string): number => {
  const [one, two] = [a.toLowerCase(), b.toLowerCase()];
  if (one === two) return 0;
  return one < two ? -1 : 1;
};
