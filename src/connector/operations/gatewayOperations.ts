/** The gateway itself. */
import { anyRole } from '../../callers/access.ts';
import { always, answered, ofRun, parked } from '../headers.ts';
import type { Operation } from '../operation.ts';
import { ofAny, telling } from '../responseSets.ts';

const ofAnswers = [...new Set([...answered, ...ofRun, ...parked, 'x-gateway-source' as const])];

export const gatewayOperations: readonly Operation[] = [
  {
    access: anyRole,
    method: 'get',
    path: '/gateway/quota',
    id: 'GetQuota',
    summary: 'Get how the quota stands',
    description: 'What is left of each limit, who spent it, and where it is going.',
    parameters: ['Prefer', 'RequestId'],
    answers: [{ status: 200, description: 'Every quota.', schema: 'Quotas', headers: always }],
    shared: ['Parked', ...telling],
  },
  {
    access: 'open',
    method: 'get',
    path: '/gateway/health',
    id: 'GetHealth',
    summary: 'Get whether the gateway is up',
    description: 'It asks nothing of storage or Defender.',
    visibility: 'advanced',
    parameters: [],
    answers: [{ status: 200, description: 'It is.', schema: 'Health', headers: [] }],
    shared: [],
  },
  {
    access: ['Gateway.Admin'],
    method: 'get',
    path: '/gateway/health/permissions',
    id: 'GetPermissions',
    summary: "Check the gateway's permissions",
    description: 'Which call works, which role is missing where, and how to grant it.',
    visibility: 'advanced',
    parameters: ['Prefer', 'RequestId'],
    answers: [{ status: 200, description: 'What was found.', schema: 'Permissions', headers: always }],
    shared: ['Parked', ...telling],
  },
  {
    access: anyRole,
    method: 'get',
    path: '/gateway/openapi.json',
    id: 'GetOpenApi',
    summary: 'Get this document',
    description: 'With the address of this gateway, and how callers are known to it. It is never answered later.',
    visibility: 'internal',
    parameters: ['RequestId', 'IfNoneMatch'],
    answers: [{ status: 200, description: 'The document.', schema: 'OpenApi', headers: [...always, 'ETag'] }],
    shared: ['Unchanged', 'BadRequest', ...telling],
  },
  {
    access: anyRole,
    method: 'get',
    path: '/gateway/operations/{id}',
    id: 'GetOperation',
    summary: 'Get what comes of an operation',
    description: 'Of one that was begun with Prefer: respond-async. 202 until it is answered; only for who began it.',
    visibility: 'advanced',
    parameters: ['OperationId', 'PreferWait', 'RequestId', 'IfNoneMatch'],
    answers: [{ status: 200, description: 'The answer.', schema: 'AnyAnswer', headers: ofAnswers }],
    shared: ofAny,
  },
];
