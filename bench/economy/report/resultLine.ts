/** The members that were asked for, in front of all that stands beside them. */
const members = ['forEach', 'cachedVsEmpty', 'pageVsDirect', 'rssPages', 'loadVsHello'];

/**
 * The last line: all figures, for programs, with three decimals.
 *
 * @param found  by member; null where it could not be measured
 * @param failed why not, by measurement
 */
export const resultLine = (
  found: Readonly<Record<string, unknown>>,
  failed: Readonly<Record<string, string>>,
): string => {
  const first = Object.fromEntries(members.filter((name) => name in found).map((name) => [name, found[name]]));
  const why = Object.keys(failed).length > 0 ? { failed } : {};
  return JSON.stringify({ ...first, ...found, node: process.versions.node, ...why }, rounded);
};

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
