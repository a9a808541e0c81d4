/** The clouds that Defender is in: hosts, what tokens are for, and who issues them. A call that Defender moves to another host is a line here. */

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

/** Whether an address is one of Defender's or Graph's, and nothing but scheme and host. */
export const isDefendersOrGraphs = (address: string): boolean => {
  const { origin, host } = new URL(address);
  return origin === address.toLowerCase() && origin.startsWith('https:') && hosts.some((form) => form.test(host));
};

const hosts: readonly RegExp[] = [
  // Regions are added now and then, each as a short name in front.
  /^(?:[a-z]{2,4}\.)?api\.security\.microsoft\.com$/,
  /^api(?:-us|-eu|-uk|-au)?\.securitycenter\.microsoft\.com$/,
  /^api\.securitycenter\.windows\.com$/,
  /^api-(?:gcc|gov)\.securitycenter\.microsoft\.us$/,
  /^graph\.microsoft\.(?:com|us)$/,
  /^dod-graph\.microsoft\.us$/,
];
