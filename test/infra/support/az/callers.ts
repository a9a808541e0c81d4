/** A tenant with the gateway's application and some who may call it, and what the tests of infra/allow-caller.sh do. */
import type { Application } from './applicationRules.ts';
import { applicationOf, type Principal, type Tenant, tenantOf } from './fakeTenant.ts';
import { runScript, type ScriptOptions } from './runScript.ts';

export const idOf = (digit: string) =>
  `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`;
export const gateway: Application = applicationOf({
  appId: idOf('a'),
  appRoles: ['Machines.Read', 'Alerts.Enrich', 'Gateway.Admin'].map((value, i) => ({
    id: idOf(`${i}`),
    value,
    isEnabled: true,
    allowedMemberTypes: ['Application', 'User'],
  })),
});
export const resource: Principal = {
  id: idOf('b'),
  appId: gateway.appId,
  displayName: gateway.displayName,
  servicePrincipalType: 'Application',
};
export const logicApp: Principal = {
  id: idOf('c'),
  appId: idOf('d'),
  displayName: "isolate o'brien & co",
  servicePrincipalType: 'ManagedIdentity',
};
export const soar: Principal = {
  id: idOf('e'),
  appId: idOf('f'),
  displayName: 'soar',
  servicePrincipalType: 'Application',
};
export const person: Principal = {
  id: idOf('9'),
  displayName: 'Ann',
  userPrincipalName: 'ann_fabrikam.com#EXT#@contoso.com',
};

export const tenantWith = (...principals: readonly Principal[]) =>
  tenantOf({ applications: [gateway], principals: [resource, logicApp, soar, person, ...principals] });
export const allow = (tenant: Tenant, given: readonly string[], options: ScriptOptions = {}) =>
  runScript('allow-caller.sh', given, {
    graph: tenant.graph,
    variables: { GATEWAY_CLIENT_ID: gateway.appId },
    ...options,
  });
/** Who has which role, by the first digit of both. */
export const held = ({ assignments }: Tenant) =>
  assignments.map(({ principalId, appRoleId }) => `${principalId[0]}${appRoleId[0]}`).sort();
