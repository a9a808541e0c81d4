/**
 * How callers are known. A custom connector takes the first that stands there, and no client credentials ("Create a custom connector from an
 * OpenAPI definition"): so Entra's, where a person signs in, comes first, and a gateway whose callers have keys leaves it out.
 */
import { type Access, anyRole } from '../callers/access.ts';
import { roles } from '../callers/identity.ts';
import type { SecurityDefinition, SecurityRequirement } from './swagger.ts';

/** Stand for what each gateway puts in their places: its application in Entra, and where that is. */
export const audiencePlace = 'api://00000000-0000-0000-0000-000000000000';
export const authorityPlace = 'https://login.microsoftonline.com/common';

const scopeOf = (role: (typeof roles)[number]): string => `${audiencePlace}/${role}`;

const can = {
  'Machines.Read': 'Read machines and snapshots.',
  'Alerts.Enrich': 'Send alerts and read what came of them.',
  'Gateway.Admin': "Check the gateway's permissions.",
} as const satisfies Record<(typeof roles)[number], string>;

export const securityDefinitions: Readonly<Record<'entra' | 'key', SecurityDefinition>> = {
  entra: {
    type: 'oauth2',
    flow: 'accessCode',
    authorizationUrl: `${authorityPlace}/oauth2/v2.0/authorize`,
    tokenUrl: `${authorityPlace}/oauth2/v2.0/token`,
    scopes: Object.fromEntries(roles.map((role) => [scopeOf(role), can[role]])),
    description: "A token of Entra's for the gateway's application.",
  },
  key: { type: 'apiKey', in: 'header', name: 'x-functions-key', description: 'A key of the function app.' },
};

/** Of all that says nothing else: a token, or a key where callers have keys. */
export const security: readonly SecurityRequirement[] = [{ entra: roles.map(scopeOf) }, { key: [] }];

/** @returns undefined where it is that of all */
export const securityOf = (access: Access): readonly SecurityRequirement[] | undefined => {
  if (access === 'open') return [];
  return access === 'key' ? [{ key: [] }] : undefined;
};

/** Which role it takes, in a sentence. */
export const roleText = (access: Access): string => {
  if (typeof access === 'string') return '';
  return access === anyRole ? ' Any role will do.' : ` It takes the role ${access.join(' or ')}.`;
};
