/** The clouds that Defender is in: hosts, what tokens are for, and who issues them. A call that Defender moves to another host is a line here. */
import type { Service } from './call.ts';

export const cloudNames = ['public', 'gcc', 'gcchigh', 'dod'] as const;
export type CloudName = (typeof cloudNames)[number];

/** "List of supported Microsoft Defender for Endpoint APIs" and "Get machines", as of 2026. */
export const regionNames = ['us', 'eu', 'uk', 'au', 'swa', 'ina'] as const;
export type RegionName = (typeof regionNames)[number];

export interface Cloud {
  readonly defender: string;
  /** Not derived from the host: the public cloud's belongs to an older name of it, and another one gives 403. */
  readonly defenderScope: string;
  readonly graph: string;
  /** Of Entra. */
  readonly authority: string;
}

const ofScope = (resource: string): string => `${resource}/.default`;
const worldwide = { graph: 'https://graph.microsoft.com', authority: 'https://login.microsoftonline.com' } as const;
const gcc = 'https://api-gcc.securitycenter.microsoft.us';
const gov = 'https://api-gov.securitycenter.microsoft.us';
const government = {
  defender: gov,
  defenderScope: ofScope(gov),
  authority: 'https://login.microsoftonline.us',
} as const;

/** "Microsoft Defender for Endpoint for US Government customers", "Microsoft Graph national cloud deployments". */
const clouds: Readonly<Record<CloudName, Cloud>> = {
  public: {
    ...worldwide,
    defender: 'https://api.security.microsoft.com',
    defenderScope: ofScope('https://api.securitycenter.microsoft.com'),
  },
  gcc: { ...worldwide, defender: gcc, defenderScope: ofScope(gcc) },
  gcchigh: { ...government, graph: 'https://graph.microsoft.us' },
  dod: { ...government, graph: 'https://dod-graph.microsoft.us' },
};

/** @param region of the public cloud; other clouds have none */
export const cloudOf = (name: CloudName, region: RegionName | undefined): Cloud =>
  region === undefined || name !== 'public'
    ? clouds[name]
    : { ...clouds.public, defender: `https://${region}.api.security.microsoft.com` };

/** Commercial clouds and those of the US government share no host, and no token of the one is sent into the other. */
type Side = 'commercial' | 'government';

const sideOf = (name: CloudName): Side => (name === 'public' || name === 'gcc' ? 'commercial' : 'government');

/** Of each service, on each side. The preview of security states is documented on Graph's hosts only. */
const hosts: Readonly<Record<Service, Readonly<Record<Side, readonly RegExp[]>>>> = {
  defender: {
    commercial: [
      // Regions are added now and then, each as a short name in front.
      /^(?:[a-z]{2,4}\.)?api\.security\.microsoft\.com$/,
      /^api(?:-us|-eu|-uk|-au)?\.securitycenter\.microsoft\.com$/,
      /^api\.securitycenter\.windows\.com$/,
      /^api-gcc\.securitycenter\.microsoft\.us$/,
    ],
    government: [/^api-gov\.securitycenter\.microsoft\.us$/],
  },
  securityStates: {
    commercial: [/^graph\.microsoft\.com$/],
    government: [/^graph\.microsoft\.us$/, /^dod-graph\.microsoft\.us$/],
  },
};

/** Whether an address is one of the service's in this cloud, and nothing but scheme and host. */
export const isServiceIn = (cloud: CloudName, service: Service, address: string): boolean =>
  isHost(address, hosts[service][sideOf(cloud)]);

/** Whether an address is one of Entra's ("National clouds"), and nothing but scheme and host. */
export const isEntras = (address: string): boolean => isHost(address, [/^login\.microsoftonline\.(?:com|us)$/]);

const isHost = (address: string, forms: readonly RegExp[]): boolean => {
  const { origin, host } = new URL(address);
  return origin === address.toLowerCase() && origin.startsWith('https:') && forms.some((form) => form.test(host));
};
