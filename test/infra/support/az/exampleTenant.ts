/** A tenant with Defender, Graph, the gateway's identity and three function apps. */
import type { Tenant } from './tenant.ts';

export const principal = '11111111-1111-1111-1111-111111111111';
export const client = '22222222-2222-2222-2222-222222222222';
export const defender = '33333333-3333-3333-3333-333333333333';
export const graph = '44444444-4444-4444-4444-444444444444';
export const [read, readWrite, isolate, ofGraph] = ['role-read', 'role-read-write', 'role-isolate', 'role-of-graph'];
export const tenantId = '55555555-5555-5555-5555-555555555555';

export const role = (id: string, value: string, more: object = {}) => ({
  id,
  value,
  isEnabled: true,
  allowedMemberTypes: ['Application'],
  ...more,
});
export const theDefender = {
  id: defender,
  appId: 'fc780465-2017-40d4-a0c5-307022471b92',
  displayName: 'WindowsDefenderATP',
  appRoles: [
    role('role-of-people', 'Machine.Read.All', { allowedMemberTypes: ['User'] }),
    role('role-of-before', 'Machine.Read.All', { isEnabled: false }),
    role(read, 'Machine.Read.All'),
    role(readWrite, 'Machine.ReadWrite.All'),
    role(isolate, 'Machine.Isolate'),
  ],
};
export const identity = { id: principal, appId: client, displayName: 'id-gateway', appRoles: [] };
export const theGraph = {
  id: graph,
  appId: '00000003-0000-0000-c000-000000000000',
  displayName: 'Microsoft Graph',
  appRoles: [role(ofGraph, 'SecurityEvents.Read.All')],
};

export const tenant: Tenant = {
  cloud: 'AzureCloud',
  tenantId,
  servicePrincipals: [identity, theDefender, theGraph],
  assignments: [],
  apps: [
    { name: 'gateway-app', group: 'gateway-group', clientId: client },
    { name: 'system-app', group: 'gateway-group', principalId: principal },
    { name: 'bare-app', group: 'gateway-group' },
  ],
  faults: [],
  asked: [],
};
export const granted = (appRoleId: string, resourceId = defender) => ({
  principalId: principal,
  resourceId,
  appRoleId,
});
