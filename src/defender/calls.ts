/**
 * Every call that the gateway makes to Defender, in one table: path, page, whose host and token, what may be asked, how
 * much may come back. A call that Defender moves is a line here; a new call is a line here, and a file in `pathValues/`
 * where its path holds something new. Functions, routes, quotas and tests follow from `calls`; what the gateway asks for itself alone
 * is in `ownCalls`.
 */
import type { Call } from './call.ts';
import { alertId } from './pathValues/alertId.ts';
import { domainName } from './pathValues/domainName.ts';
import { machineIdOrName } from './pathValues/machineIdOrName.ts';
import { userName } from './pathValues/userName.ts';

const megabyte = 1024 * 1024;
const list = { service: 'defender', mostBytes: 128 * megabyte } as const;
const single = { service: 'defender', mostBytes: 4 * megabyte } as const;
const preview = { service: 'securityStates', mostBytes: 128 * megabyte } as const;

// biome-ignore format: it is a table
export const calls: readonly Call[] = [
  { name: 'listMachines', path: '/api/machines', ...list, machineOptions: true, document: 'List machines API' },
  { name: 'machine', path: '/api/machines/{id}', ...single, value: machineIdOrName, document: 'Get machine by ID API' },
  { name: 'userMachines', path: '/api/users/{id}/machines', ...list, value: userName, document: 'Get user-related machines API' },
  { name: 'domainMachines', path: '/api/domains/{domain}/machines', ...list, value: domainName, cutAt: 500, document: 'Get domain-related machines API' },
  { name: 'alertMachine', path: '/api/alerts/{id}/machine', ...single, value: alertId, document: 'Get alert related machine information API' },
  { name: 'machineSecurityStates', path: '/testwdatppreview/machinesecuritystates', ...preview, pages: true, document: 'Get Machines security states collection API' },
];

// biome-ignore format: it is a table
export const ownCalls: readonly Call[] = [
  { name: 'deviceAntivirus', path: '/api/deviceavinfo', ...list, limits: [{ calls: 30, seconds: 60 }, { calls: 1000, seconds: 3600 }], document: 'Device antivirus health export API' },
];

/** @throws where neither table has a call of this name */
export const callNamed = (name: string): Call => {
  const call = [...calls, ...ownCalls].find((each) => each.name === name);
  if (!call) throw new Error(`no call is named ${name}`);
  return call;
};
