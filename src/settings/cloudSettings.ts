/**
 * Where Defender, Graph and Entra are, by the cloud that the tenant is in. A token is sent to no host but theirs in that cloud, and
 * callers' keys come from Entra: whatever is written into the settings, a token can't be taken elsewhere.
 */
import * as z from 'zod/mini';
import type { Service } from '../defender/call.ts';
import { cloudNames, cloudOf, isEntras, isServiceIn, regionNames } from '../defender/clouds.ts';
import { baseUrl, isLoopback, optionalText, scope, withDefault } from './kinds.ts';

export const cloudSettings = {
  DEFENDER_CLOUD: withDefault(z.enum(cloudNames, `write one of ${cloudNames.join(', ')}`), 'public'),
  /** The part of the public cloud that is near the tenant's data. */
  DEFENDER_REGION: z.optional(z.enum(regionNames, `write one of ${regionNames.join(', ')}, or nothing`)),
  /** Another host of the Defender API than the cloud's usual one. */
  DEFENDER_BASE_URL: z.optional(baseUrl),
  /** Not derived from the host: the two belong to different applications. */
  DEFENDER_SCOPE: z.optional(scope),
  SECURITY_STATES_BASE_URL: z.optional(baseUrl),
  SECURITY_STATES_SCOPE: z.optional(scope),
  /** Where callers' tokens come from. */
  ENTRA_AUTHORITY: z.optional(baseUrl),
  /** Said by the tools that run functions on one machine: `Development`. Only there may a host be this machine. */
  AZURE_FUNCTIONS_ENVIRONMENT: optionalText,
};

type Given = z.output<ReturnType<typeof z.object<typeof cloudSettings>>>;

/** What is not set is the cloud's. */
export const withCloud = <T extends Given>(given: T) => {
  const cloud = cloudOf(given.DEFENDER_CLOUD, given.DEFENDER_REGION);
  return {
    ...given,
    DEFENDER_BASE_URL: given.DEFENDER_BASE_URL ?? cloud.defender,
    DEFENDER_SCOPE: given.DEFENDER_SCOPE ?? cloud.defenderScope,
    SECURITY_STATES_BASE_URL: given.SECURITY_STATES_BASE_URL ?? cloud.graph,
    SECURITY_STATES_SCOPE: given.SECURITY_STATES_SCOPE ?? `${cloud.graph}/.default`,
    ENTRA_AUTHORITY: given.ENTRA_AUTHORITY ?? cloud.authority,
  };
};

/** Whether this is one machine, without Azure: "App settings reference for Azure Functions", AZURE_FUNCTIONS_ENVIRONMENT. */
export const isLocal = ({ AZURE_FUNCTIONS_ENVIRONMENT: said }: Pick<Given, 'AZURE_FUNCTIONS_ENVIRONMENT'>): boolean =>
  said === 'Development';

const isThisMachine = (set: Given, address: string): boolean => isLocal(set) && isLoopback(address);
const orThisMachine = 'this machine is taken where AZURE_FUNCTIONS_ENVIRONMENT is Development';

type Name = 'DEFENDER_BASE_URL' | 'SECURITY_STATES_BASE_URL' | 'ENTRA_AUTHORITY';

const host = (name: Name, isRight: (address: string, set: Given) => boolean, says: (set: Given) => string) =>
  z.refine<Given>((set) => set[name] === undefined || isRight(set[name], set) || isThisMachine(set, set[name]), {
    path: [name],
    error: ({ input }) => `${says(input as Given)}; ${orThisMachine}`,
    when: ({ value }) => typeof Object(value)[name] === 'string' && cloudNames.includes(Object(value).DEFENDER_CLOUD),
  });

const tokenGoesTo = (name: Name, service: Service, owner: string) =>
  host(
    name,
    (address, set) => isServiceIn(set.DEFENDER_CLOUD, service, address),
    ({ DEFENDER_CLOUD: cloud }) =>
      `is no host of ${owner}'s where DEFENDER_CLOUD is ${cloud}, and tokens are sent nowhere else. Leave it out, or write one such as ${service === 'defender' ? cloudOf(cloud, undefined).defender : cloudOf(cloud, undefined).graph}`,
  );

export const cloudChecks = [
  tokenGoesTo('DEFENDER_BASE_URL', 'defender', 'Defender'),
  tokenGoesTo('SECURITY_STATES_BASE_URL', 'securityStates', 'Graph'),
  host(
    'ENTRA_AUTHORITY',
    isEntras,
    () => 'is none of Entra: write https://login.microsoftonline.com or https://login.microsoftonline.us',
  ),
  z.refine<Given>((set) => set.DEFENDER_REGION === undefined || set.DEFENDER_CLOUD === 'public', {
    path: ['DEFENDER_REGION'],
    error: 'is of the public cloud only; leave it out',
  }),
] as const;
