/**
 * An alert's other spelling, said once more and in other words than where the gateway reads it: with the two letters that Defender XDR puts in
 * front, or without them ("Investigate alerts in Microsoft Defender XDR").
 */
export const otherSpelling = (id: string): string => {
  const [prefix, rest] = [id.slice(0, 2), id.slice(2)];
  if (prefix === 'da' && isWithoutPrefix(rest)) return rest;
  return isWithoutPrefix(id) ? `da${id}` : id;
};

/** What `ed` and other products' ids would be without their letters, nobody has been seen to send. */
const isWithoutPrefix = (id: string): boolean => /^(\d{18}_-?\d+|[0-9a-f]{8}-[0-9a-f-]{27}(_\d+)?)$/.test(id);

/** What is the same for both spellings. */
export const plainSpelling = (id: string): string => {
  const lower = id.toLowerCase();
  return lower.startsWith('da') && isWithoutPrefix(lower.slice(2)) ? lower.slice(2) : lower;
};
