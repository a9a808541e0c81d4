/**
 * Which addresses `excludedPaths` lets through. Known is that `/folder/*` means all below it ("excludedPaths how do we wildcard all subfolder/file
 * urls?", MicrosoftDocs/azure-docs 86514) and that other wildcards are none ("Advanced excludedPaths wildcard capabilities", 106668). How case, escapes,
 * dots and doubled slashes are read is written nowhere; so here an address is excluded if any reading of it is. What stands behind has to hold then too.
 */
export const isExcluded = (target: string, excludedPaths: readonly string[]): boolean => {
  const path = target.replace(/^https?:\/\/[^/?]*/i, '').replace(/\?.*$/s, '');
  const all = readings(path);
  return excludedPaths.some((pattern) => all.some((reading) => fits(reading, pattern.toLowerCase())));
};

const fits = (path: string, pattern: string): boolean =>
  pattern.endsWith('*') ? path.startsWith(pattern.replace(/\/?\*$/, '')) : path.replace(/\/$/, '') === pattern;

/** Each step done or left out: a path is read in up to 64 ways. */
const readings = (path: string): readonly string[] => {
  const read = new Set([path]);
  for (const step of steps) for (const one of [...read]) read.add(step(one));
  return [...read];
};

const decoded = (path: string): string =>
  path.replace(/%([0-9a-f]{2})/gi, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));

const withoutDots = (path: string): string => new URL(path.replace(/[?#]/g, '_'), 'http://127.0.0.1/').pathname;

const steps: readonly ((path: string) => string)[] = [
  decoded,
  decoded,
  (path) => path.replaceAll('\\', '/'),
  (path) => path.replace(/\/{2,}/g, '/'),
  (path) => (path.startsWith('/') && !path.startsWith('//') ? withoutDots(path) : path),
  (path) => path.toLowerCase(),
];
