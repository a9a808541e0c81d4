/** The calls the simulator answers, with what each asks of a token. */
import type { Route } from './call.ts';
import { alert, alertMachine, listAlerts } from './calls/alerts.ts';
import { deviceAvInfo } from './calls/deviceAvInfo.ts';
import { listMachines } from './calls/listMachines.ts';
import { machine } from './calls/machine.ts';
import { domainMachines, userMachines } from './calls/relatedMachines.ts';
import { securityStates } from './calls/securityStates.ts';

const readMachines = ['Machine.Read.All', 'Machine.ReadWrite.All'];
const readAlerts = ['Alert.Read.All', 'Alert.ReadWrite.All'];

const api = (path: string): RegExp => new RegExp(`^/api(?:/v1\\.0)?/${path}/?$`, 'i');
const defender = { audience: 'defender', ownLimits: false } as const;
const one = '([^/]+)';

// biome-ignore format: it is a table
export const routes: readonly Route[] = [
  { name: 'listMachines', pattern: api('machines'), ...defender, roles: readMachines, answer: listMachines },
  { name: 'machine', pattern: api(`machines/${one}`), ...defender, roles: readMachines, answer: machine },
  { name: 'userMachines', pattern: api(`users/${one}/machines`), ...defender, roles: readMachines, answer: userMachines },
  { name: 'domainMachines', pattern: api(`domains/${one}/machines`), ...defender, roles: readMachines, answer: domainMachines },
  { name: 'alertMachine', pattern: api(`alerts/${one}/machine`), ...defender, roles: readMachines, answer: alertMachine },
  { name: 'listAlerts', pattern: api('alerts'), ...defender, roles: readAlerts, answer: listAlerts },
  { name: 'alert', pattern: api(`alerts/${one}`), ...defender, roles: readAlerts, answer: alert },
  { name: 'deviceAvInfo', pattern: api('deviceavinfo'), ...defender, ownLimits: true, roles: readMachines, answer: deviceAvInfo },
  { name: 'machineSecurityStates', pattern: /^\/testwdatppreview\/machinesecuritystates\/?$/i, audience: 'graph', ownLimits: false, roles: [], answer: securityStates },
];
