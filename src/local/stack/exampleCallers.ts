/** Callers that a stack's issuer knows, for people and tests to be. What they are called and keep secret protects nothing. */
import type { Application, IssuerSettings } from '../entra/issuerSettings.ts';

export const exampleTenant = 'c2d1a6f4-53b7-4f2e-8a90-1f5d6e7b8c90';

/** The gateway's own application. */
export const exampleAudience: IssuerSettings['audience'] = {
  uri: 'api://5d3c1b2a-4e6f-4a8b-9c0d-1e2f3a4b5c6d',
  clientId: '5d3c1b2a-4e6f-4a8b-9c0d-1e2f3a4b5c6d',
};

/** The managed identity of a Logic App. */
export const playbook: Application = {
  id: 'a1b2c3d4-0001-4000-8000-000000000001',
  name: 'playbook',
  secret: 'playbook',
  objectId: 'a1b2c3d4-0001-4000-8000-0000000000f1',
  roles: ['Machines.Read', 'Alerts.Enrich'],
};

export const admin: Application = {
  id: 'a1b2c3d4-0002-4000-8000-000000000002',
  name: 'admin',
  secret: 'admin',
  objectId: 'a1b2c3d4-0002-4000-8000-0000000000f2',
  roles: ['Gateway.Admin'],
};

/** A custom connector, which a person signed in to. */
export const connector: Application = {
  id: 'a1b2c3d4-0003-4000-8000-000000000003',
  name: 'connector',
  secret: 'connector',
  objectId: 'a1b2c3d4-0003-4000-8000-0000000000f3',
  roles: [],
  person: { objectId: 'a1b2c3d4-0003-4000-8000-0000000000e3', scopes: ['Machines.Read'] },
};

export const exampleCallers: readonly Application[] = [playbook, admin, connector];
