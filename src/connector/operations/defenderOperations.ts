/** Defender's calls. Their descriptions in Defender's documentation have the names that `defender/calls.ts` lists. */

import { answered } from '../headers.ts';
import type { Answer, Operation } from '../operation.ts';
import { asked } from '../parameters.ts';
import { asking } from '../responseSets.ts';

const get = { method: 'get', access: ['Machines.Read'] } as const;

const machines: Answer = {
  status: 200,
  description: 'Machines; none is no error.',
  schema: 'MachineList',
  headers: answered,
};
const machine: Answer = { status: 200, description: 'The machine.', schema: 'Machine', headers: answered };
const states: Answer = {
  status: 200,
  description: 'Security states; x-gateway-source says where they come from.',
  schema: 'SecurityStateList',
  headers: [...answered, 'x-gateway-source'],
};
const listOptions = ['Select', 'OrderBy', 'Count'] as const;

export const defenderOperations: readonly Operation[] = [
  {
    ...get,
    path: '/api/machines',
    id: 'ListMachines',
    summary: 'List machines',
    description: 'Machines that fit a filter, page by page. A filter that is none is refused before it costs a call.',
    parameters: ['Filter', 'TopOfDefender', 'Skip', ...listOptions, 'SkipToken', ...asked],
    answers: [machines],
    shared: asking,
    pages: true,
  },
  {
    ...get,
    path: '/api/machines/{id}',
    id: 'GetMachine',
    summary: 'Get a machine by its id or name',
    description:
      'One machine. To find the one that a name or an address means, rather use "Find which machine is meant".',
    parameters: ['MachineIdOrName', ...asked],
    answers: [machine],
    shared: asking,
  },
  {
    ...get,
    path: '/api/users/{id}/machines',
    id: 'ListMachinesOfUser',
    summary: 'List the machines of a user',
    description: 'Machines that a user was seen on. The name may have its domain.',
    parameters: ['User', ...listOptions, ...asked],
    answers: [machines],
    shared: asking,
  },
  {
    ...get,
    path: '/api/domains/{domain}/machines',
    id: 'ListMachinesOfDomain',
    summary: 'List the machines that talked to a domain',
    description: 'Machines that communicated with a domain; 500 are the most that Defender gives.',
    parameters: ['Domain', ...listOptions, ...asked],
    answers: [machines],
    shared: asking,
  },
  {
    ...get,
    path: '/api/alerts/{id}/machine',
    id: 'GetMachineOfAlert',
    summary: 'Get the machine of an alert',
    description: 'The machine that an alert was raised on, as Defender has it.',
    parameters: ['AlertId', ...asked],
    answers: [machine],
    shared: asking,
  },
  {
    ...get,
    path: '/testwdatppreview/machinesecuritystates',
    id: 'ListSecurityStates',
    summary: 'List the security states of all machines now',
    description: 'As they are now, page by page; snapshots remember how they were, and cost no call.',
    visibility: 'advanced',
    parameters: ['Count', 'SkipToken', ...asked],
    answers: [states],
    shared: asking,
    pages: true,
  },
];
