import type { Service } from '../defender/call.ts';

/**
 * What tokens are for: the names under which the two services are registered in every tenant. `api.security.microsoft.com` is none of
 * them, although it is Defender's host: it is registered for another application, Microsoft Threat Protection, that has no role for machines.
 * Source: the service principals' registered names, read in August 2026.
 */
const audiences: Readonly<Record<Service, readonly string[]>> = {
  defender: [
    'https://api.securitycenter.microsoft.com',
    'https://api-us.securitycenter.microsoft.com',
    'https://api-eu.securitycenter.microsoft.com',
    'https://api-uk.securitycenter.microsoft.com',
    'https://api-gcc.securitycenter.microsoft.us',
    'https://api-gov.securitycenter.microsoft.us',
    'https://api.securitycenter.windows.com',
    'https://api.securitycenter.windows.us',
    'https://securitycenter.onmicrosoft.com/windowsatpservice',
    'fc780465-2017-40d4-a0c5-307022471b92',
  ],
  securityStates: [
    'https://graph.microsoft.com',
    'https://graph.microsoft.us',
    'https://dod-graph.microsoft.us',
    '00000003-0000-0000-c000-000000000000',
  ],
};

/** Whether a token that says so of itself is one for this service. */
export const isFor = (service: Service, audience: string): boolean =>
  audiences[service].includes(audience.toLowerCase().replace(/\/$/, ''));
