/** As much of Microsoft Graph as our scripts ask: applications, service principals and who has which role, with the rules that it keeps. */
import { randomUUID } from 'node:crypto';
import { type Application, changeFault, type Role } from './applicationRules.ts';
import type { Asked, Said } from './fakeAz.ts';
import { alreadyThere, badRequest, notFound } from './refusals.ts';

export interface Principal {
  readonly id: string;
  readonly appId?: string;
  readonly displayName: string;
  readonly servicePrincipalType?: 'Application' | 'ManagedIdentity';
  readonly appRoleAssignmentRequired?: boolean;
  /** Of an application of another tenant; else those of the application count. */
  readonly appRoles?: readonly Role[];
  /** A person's name to sign in with. */
  readonly userPrincipalName?: string;
}

export interface Assignment {
  readonly id: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly appRoleId: string;
}

export interface Tenant {
  applications: readonly Application[];
  principals: readonly Principal[];
  assignments: readonly Assignment[];
  /** What it says to one question in place of the truth. */
  instead: (asked: Asked) => Said | undefined;
  graph(asked: Asked): Said;
}

export const applicationOf = (given: Partial<Application> = {}): Application => ({
  id: randomUUID(),
  appId: randomUUID(),
  displayName: 'Defender Machine Gateway',
  signInAudience: 'AzureADMyOrg',
  tags: [],
  identifierUris: [],
  appRoles: [],
  passwordCredentials: [],
  ...given,
  api: { requestedAccessTokenVersion: null, oauth2PermissionScopes: [], ...given.api },
});

export const assignmentOf = (given: Omit<Assignment, 'id'>): Assignment => ({
  id: Object.values(given).join('_'),
  ...given,
});

export const tenantOf = (given: Partial<Tenant> = {}): Tenant => {
  const tenant: Tenant = {
    applications: [],
    principals: [],
    assignments: [],
    instead: () => undefined,
    graph: (asked) => tenant.instead(asked) ?? answer(tenant, asked),
    ...given,
  };
  return tenant;
};

const answer = (tenant: Tenant, asked: Asked): Said => {
  const [path = '', query = ''] = asked.path.split('?');
  const [kind, what, more, last] = path.replace(/\(appId='(.*)'\)/, '/appId=$1').split('/');
  const wanted = /displayName eq '((?:[^']|'')*)'/.exec(query)?.[1]?.replaceAll("''", "'");
  switch (`${asked.method} ${kind}${what ? '/x' : ''}${more ? `/${more}` : ''}`) {
    case 'get applications':
      return { value: { value: tenant.applications.filter(({ displayName }) => displayName === wanted) } };
    case 'get applications/x':
      return withOrigins(found(tenant.applications, what));
    case 'post applications':
      return registered(tenant, asked.body as Partial<Application>);
    case 'patch applications/x':
      return changedApplication(tenant, what, asked.body as Partial<Application>);
    case 'get servicePrincipals':
      return { value: { value: tenant.principals.filter(({ displayName }) => displayName === wanted) } };
    case 'get servicePrincipals/x':
      return withRoles(tenant, found(tenant.principals, what));
    case 'get users/x':
      return personNamed(tenant, what);
    case 'post servicePrincipals':
      return newPrincipal(tenant, asked.body as Principal);
    case 'patch servicePrincipals/x':
      tenant.principals = tenant.principals.map((one) =>
        one.id === what ? { ...one, ...(asked.body as object) } : one,
      );
      return { value: undefined };
    case 'get servicePrincipals/x/appRoleAssignments':
    case 'get users/x/appRoleAssignments':
      return { value: { value: tenant.assignments.filter(({ principalId }) => principalId === what) } };
    case 'get servicePrincipals/x/appRoleAssignedTo':
      return {
        value: {
          value: tenant.assignments.filter(({ resourceId }) => resourceId === what).map((each) => named(tenant, each)),
        },
      };
    case 'post servicePrincipals/x/appRoleAssignedTo':
      return assigned(tenant, asked.body as Assignment);
    case 'delete servicePrincipals/x/appRoleAssignedTo':
      tenant.assignments = tenant.assignments.filter(({ id }) => id !== last);
      return { value: undefined };
    default:
      throw new Error(`${asked.method} ${asked.path} is not expected`);
  }
};

const found = <T extends { id: string; appId?: string }>(all: readonly T[], what = ''): Said => {
  const one = all.find(({ id, appId }) => id === what || `appId=${appId}` === what);
  return one ? { value: one } : notFound(what);
};

const personNamed = ({ principals }: Tenant, what = ''): Said => {
  const person = principals.find(({ userPrincipalName }) => userPrincipalName === what);
  return person ? { value: person } : notFound(what);
};

const withRoles = (tenant: Tenant, said: Said): Said => {
  if ('fault' in said) return said;
  const principal = said.value as Principal;
  return { value: { ...principal, appRoles: rolesOf(tenant, principal) } };
};

const rolesOf = ({ applications }: Tenant, { appId, appRoles }: Principal): readonly Role[] =>
  appRoles ?? applications.find((one) => one.appId === appId)?.appRoles ?? [];

/** Of a role Graph says where it is defined, and takes no word on it. */
const withOrigins = (said: Said): Said => {
  if ('fault' in said) return said;
  const application = said.value as Application;
  return {
    value: { ...application, appRoles: application.appRoles.map((role) => ({ ...role, origin: 'Application' })) },
  };
};

const registered = (tenant: Tenant, body: Partial<Application>): Said => {
  const made = applicationOf(body);
  tenant.applications = [...tenant.applications, made];
  return { value: made };
};

/** Lists are replaced whole. */
const changedApplication = (tenant: Tenant, id = '', body: Partial<Application>): Said => {
  const before = tenant.applications.find((one) => one.id === id);
  if (!before) return notFound(id);
  const after = { ...before, ...body, api: { ...before.api, ...body.api } };
  const fault = changeFault(before, after);
  if (fault) return badRequest(fault);
  tenant.applications = tenant.applications.map((one) => (one === before ? after : one));
  return { value: undefined };
};

const newPrincipal = (tenant: Tenant, body: Principal): Said => {
  const application = tenant.applications.find(({ appId }) => appId === body.appId);
  if (!application)
    return badRequest(
      `The appId '${body.appId}' of the service principal does not reference a valid application object.`,
    );
  const { displayName } = application;
  tenant.principals = [
    ...tenant.principals,
    { ...body, id: randomUUID(), displayName, servicePrincipalType: 'Application' },
  ];
  return { value: tenant.principals.at(-1) };
};

const assigned = (tenant: Tenant, { principalId, resourceId, appRoleId }: Assignment): Said => {
  const isThere = tenant.assignments.some(
    (one) => one.principalId === principalId && one.resourceId === resourceId && one.appRoleId === appRoleId,
  );
  if (isThere) return alreadyThere;
  if (!mayHave(tenant, principalId, resourceId, appRoleId))
    return badRequest('Permission being assigned was not found on application');
  tenant.assignments = [...tenant.assignments, assignmentOf({ principalId, resourceId, appRoleId })];
  return { value: {} };
};

const mayHave = (tenant: Tenant, principalId: string, resourceId: string, appRoleId: string): boolean => {
  const [principal, resource] = [principalId, resourceId].map((id) => tenant.principals.find((one) => one.id === id));
  const role = resource && rolesOf(tenant, resource).find(({ id }) => id === appRoleId);
  const type = principal?.userPrincipalName ? 'User' : 'Application';
  return role?.isEnabled === true && role.allowedMemberTypes.includes(type);
};

const named = ({ principals }: Tenant, assignment: Assignment) => {
  const { displayName, userPrincipalName } = principals.find(({ id }) => id === assignment.principalId) ?? {
    displayName: '',
  };
  return {
    ...assignment,
    principalDisplayName: displayName,
    principalType: userPrincipalName ? 'User' : 'ServicePrincipal',
  };
};
