/** A tenant with Defender, Graph, the gateway's identity; and three function apps. */
import type { FunctionApp } from './fakeAz.ts';
import { type Assignment, assignmentOf, type Principal, type Tenant, tenantOf } from './fakeTenant.ts';

export const principal = '11111111-1111-1111-1111-111111111111';
export const client = '22222222-2222-2222-2222-222222222222';
export const defender = '33333333-3333-3333-3333-333333333333';
export const graph = '44444444-4444-4444-4444-444444444444';
export const [read, readWrite, isolate, ofGraph] = ['role-read', 'role-read-write', 'role-isolate', 'role-of-graph'];

const role = (id: string, value: string, more: object = {}) => ({
  id,
  value,
  isEnabled: true,
  allowedMemberTypes: ['Application'],
  ...more,
});
export const theDefender: Principal = {
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
export const identity: Principal = { id: principal, appId: client, displayName: 'id-gateway' };
const theGraph: Principal = {
  id: graph,
  appId: '00000003-0000-0000-c000-000000000000',
  displayName: 'Microsoft Graph',
  appRoles: [role(ofGraph, 'SecurityEvents.Read.All')],
};

export const exampleTenant = (given: Partial<Tenant> = {}): Tenant =>
  tenantOf({ principals: [identity, theDefender, theGraph], ...given });

export const apps: readonly FunctionApp[] = [
  { name: 'gateway-app', group: 'gateway-group', clientId: client },
  { name: 'system-app', group: 'gateway-group', principalId: principal },
  { name: 'bare-app', group: 'gateway-group' },
];

export const granted = (appRoleId: string, resourceId = defender): Assignment =>
  assignmentOf({ principalId: principal, resourceId, appRoleId });
