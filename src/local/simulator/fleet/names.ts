import { namesakeOf, originOf, platformAt } from './device.ts';
import { below, chance, pick, random, streams } from './random.ts';

const forests = ['contoso.com', 'corp.contoso.com', 'emea.contoso.com', 'fabrikam.com'] as const;
const roles = ['sql', 'app', 'web', 'dc', 'file', 'print'] as const;

/**
 * What a record is called: a full name in most cases, at times a bare host name in mixed case, and for one
 * machine in 400 nothing at all. Re-imaged machines keep their name, a few have the host name of another.
 */
export const computerNameAt = (seed: number, index: number): string | null => {
  const namesake = namesakeOf(index);
  const name = namesake && computerNameAt(seed, namesake.first);
  if (namesake && name) return namesake.hasDomain ? elsewhere(name) : firstLabel(name).toUpperCase();
  const origin = originOf(index);
  if (origin === 0) return 'mymachine1.contoso.com';
  const numbers = random(seed, streams.name, origin);
  if (below(numbers, 400) === 0) return null;
  const host = hostName(seed, origin);
  return chance(numbers, 80) ? pick(numbers, ['C-Lab-', 'LAB', 'Dev-']) + origin : `${host}.${pick(numbers, forests)}`;
};

const firstLabel = (name: string): string => name.split('.')[0] ?? '';

/** The same host name in another domain. */
const elsewhere = (name: string): string =>
  `${firstLabel(name)}.${name.endsWith('.fabrikam.com') ? 'contoso.com' : 'fabrikam.com'}`;

const hostName = (seed: number, origin: number): string => {
  const { kind, server } = platformAt(seed, origin);
  const number = String(origin).padStart(5, '0');
  const role = roles[origin % roles.length];
  if (kind === 'mac') return `mac-${number}`;
  if (kind === 'mobile') return `phone-${number}`;
  if (kind === 'linux') return `lnx-${role}-${number}`;
  return server ? `srv-${role}-${number}` : `wks-${number}`;
};
