import { type PathValue, segment } from '../pathValue.ts';

/** A domain or a full host name, international ones as they are written ("Get domain-related machines API"). */
export const domainName: PathValue = (written) => segment('a domain name', written, 'InvalidDomainName');
