/** What the tests of infra/register-app.sh do and look at. */
import type { Asked } from './fakeAz.ts';
import type { Tenant } from './fakeTenant.ts';
import { runScript, type ScriptOptions } from './runScript.ts';

export const register = (tenant: Tenant, given: readonly string[] = [], options: ScriptOptions = {}) =>
  runScript('register-app.sh', given, { graph: tenant.graph, ...options });

export const only = (tenant: Tenant) => {
  const [application, ...others] = tenant.applications;
  if (!application || others.length > 0) throw new Error(`${tenant.applications.length} applications`);
  return application;
};
/** The Azure CLI. */
export const az = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
export const writes = (asked: readonly Asked[]) => asked.filter(({ method }) => method !== 'get');
