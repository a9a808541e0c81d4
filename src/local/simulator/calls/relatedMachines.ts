/**
 * The lists of machines that are documented without any option: what is asked for beyond the path is ignored, and
 * what is unknown has an empty list.
 */
import { type Answer, found, refusal } from '../answer.ts';
import type { Call } from '../call.ts';
import type { SimulatedMachine } from '../fleet/machine.ts';
import { collectionText, rowText } from '../rowText.ts';

/** "Responses are limited to 500 devices in results" (Get domain-related machines API). */
const mostOfADomain = 500;

/** GET /api/users/{id}/machines: the account name alone; a UPN or DOMAIN\user is nobody. */
export const userMachines = ({ fleet, value, base }: Call): Answer => listed(base, fleet.ofUser(value));

/** GET /api/domains/{domain}/machines */
export const domainMachines = ({ fleet, value, base }: Call): Answer =>
  isDomainName(value)
    ? listed(base, fleet.ofDomain(value, mostOfADomain))
    : refusal(400, 'InvalidDomainName', `The domain name '${value}' is not valid`);

const listed = (base: string, machines: readonly SimulatedMachine[]): Answer =>
  found(collectionText({ context: `${base}/$metadata#Machines`, rows: machines.map(rowText) }));

const isDomainName = (text: string): boolean =>
  text.length <= 253 && text.split('.').every((label) => /^[^\s/\\:@?#'"<>]{1,63}$/u.test(label));
