/** Which machines spoke to which domain: well-known ones to nearly all, bad ones to a few. */
import type { FleetPlan } from './device.ts';
import { chance, random, streams } from './random.ts';

/** Domains, and how many machines in a thousand spoke to each. The second is the one of the vendor's example. */
const domains: readonly (readonly [name: string, permille: number])[] = [
  ['login.microsoftonline.com', 1000],
  ['api.securitycenter.microsoft.com', 930],
  ['intranet.contoso.com', 600],
  ['updates.fabrikam.com', 250],
  ['cdn.northwind.example', 120],
  ['files.adatum.example', 40],
  ['xn--mnchen-3ya.example', 15],
  ['malware.example', 6],
];

export const domainNames: readonly string[] = domains.map(([name]) => name);

/** The first machines that spoke to a domain, at most `most` of them; none for an unknown one. */
export const spokeTo = ({ seed }: FleetPlan, domain: string, indexes: Iterable<number>, most: number): number[] => {
  const number = domainNames.indexOf(domain.toLowerCase());
  const permille = domains[number]?.[1] ?? 0;
  const found: number[] = [];
  for (const index of permille > 0 ? indexes : []) {
    if (found.length >= most) break;
    if (chance(random(seed, streams.domain + 100 * number, index), permille)) found.push(index);
  }
  return found;
};
