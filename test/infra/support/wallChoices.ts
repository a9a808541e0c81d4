/** How callers are known: by tokens, which the platform looks at before the gateway does, or by keys. */
import { httpTriggers } from '../../../src/functions/triggers.ts';
import type { Choice } from './rules/choices.ts';

const config = 'Microsoft.Web/sites/config';
const application = { gatewayClientId: 'id', callerApplications: 'one, two', callerIdentities: 'three' };
const wall = { type: config, named: /^authsettingsV2$/, path: 'properties' };
const settings = { type: config, named: /^appsettings$/ };
const atIssuer = 'properties.identityProviders.azureActiveDirectory.registration.openIdIssuer';

/** What stands in both modes, so that what is switched on by hand lets nobody in. */
const always = {
  globalValidation: {
    requireAuthentication: true,
    unauthenticatedClientAction: 'Return401',
    excludedPaths: httpTriggers.filter(({ access }) => access === 'key').map(({ route }) => `/${route}`),
  },
  httpSettings: { requireHttps: true },
  login: { tokenStore: { enabled: false } },
};

const usualIssuer = '<environment().authentication.loginEndpoint><tenant().tenantId>/v2.0';

const modes: readonly Choice[] = [
  {
    says: 'has the platform refuse who has no token, where callers are known by tokens',
    given: application,
    ...wall,
    stands: [
      {
        platform: { enabled: true },
        ...always,
        identityProviders: {
          azureActiveDirectory: {
            enabled: true,
            registration: { clientId: 'id', openIdIssuer: usualIssuer },
            validation: {
              allowedAudiences: ['api://id', 'id'],
              defaultAuthorizationPolicy: {
                allowedApplications: ['one', 'two'],
                allowedPrincipals: { identities: ['three'] },
              },
            },
          },
        },
      },
    ],
    breaks: [
      ["isOn: callerAuth == 'entra'", "isOn: callerAuth != 'entra'"],
      ["isOn: callerAuth == 'entra'", 'isOn: false'],
      ["app/authentication.bicep' = {", "app/authentication.bicep' = if (callerAuth == 'key') {"],
      ['platform: { enabled: isOn }', 'platform: { enabled: !isOn }'],
      ['identityProviders: !isOn ? {}', 'identityProviders: isOn ? {}'],
      ["unauthenticatedClientAction: 'Return401'", "unauthenticatedClientAction: 'AllowAnonymous'"],
      ['/v2.0', '/v1.0'],
      ['allowedApplications: applications', 'allowedApplications: []'],
      ['identities: filter(split(replace(callerIdentities', 'identities: filter(split(replace(callerApplications'],
      ['clientId: gatewayClientId', 'clientId: callerApplications'],
      ["excludedPaths: ['/gateway/hooks/alerts']", "excludedPaths: ['/gateway/hooks/*']"],
    ],
  },
  {
    says: 'switches the platform’s check off where callers are known by keys, and names no application',
    given: { callerAuth: 'key' },
    ...wall,
    stands: [{ platform: { enabled: false }, ...always, identityProviders: {} }],
    breaks: [
      ["isOn: callerAuth == 'entra'", 'isOn: true'],
      ["app/authentication.bicep' = {", "app/authentication.bicep' = if (callerAuth == 'entra') {"],
      ['platform: { enabled: isOn }', 'platform: { enabled: true }'],
      ['requireAuthentication: true', 'requireAuthentication: isOn'],
    ],
  },
  {
    says: 'tells the gateway that callers are known by tokens',
    given: application,
    ...settings,
    path: 'properties.CALLER_AUTH',
    stands: ['entra'],
    breaks: [['CALLER_AUTH: callerAuth', "CALLER_AUTH: 'key'"]],
  },
  {
    says: 'tells the gateway that callers are known by keys',
    given: { callerAuth: 'key' },
    ...settings,
    path: 'properties.CALLER_AUTH',
    stands: ['key'],
    breaks: [['CALLER_AUTH: callerAuth', "CALLER_AUTH: 'entra'"]],
  },
];

const tokens: readonly Choice[] = [
  {
    says: 'tells the gateway what tokens may be for',
    given: { ...application, callerAudiences: 'api://more' },
    ...settings,
    path: 'properties.CALLER_AUDIENCES',
    stands: ['api://id id api://more'],
    breaks: [['CALLER_AUDIENCES: audiences', 'CALLER_AUDIENCES: callerAudiences']],
  },
  {
    says: 'has both walls believe the first issuer that is given',
    given: { ...application, callerIssuers: 'https://one.example/ https://two.example/' },
    ...wall,
    path: atIssuer,
    stands: ['https://one.example/'],
    breaks: [
      [
        'openIdIssuer: issuer',
        `openIdIssuer: '$\{environment().authentication.loginEndpoint}$\{tenant().tenantId}/v2.0'`,
      ],
      ['empty(issuers) ?', '!empty(issuers) ?'],
      ['    issuer: issuer\n', '    issuer: usualIssuer\n'],
    ],
  },
  ...['https://login.example', 'https://login.example/'].map(
    (entraAuthority): Choice => ({
      says: `has the platform ask ${entraAuthority} where that is Entra`,
      given: { ...application, entraAuthority },
      ...wall,
      path: atIssuer,
      stands: ['https://login.example/<tenant().tenantId>/v2.0'],
      breaks: [['empty(authority) ? environment()', '!empty(authority) ? environment()']],
    }),
  ),
];

export const wallChoices: readonly Choice[] = [...modes, ...tokens];
