/** Operations for tests. */
import { roles } from '../../../src/callers/identity.ts';
import type { Operation } from '../../../src/operations/operation.ts';

export const minute = 60_000;
export const hour = 3_600_000;

/** 32 hexadecimal digits. */
export const idAt = (number: number): string => number.toString(16).padStart(32, '0');

export const waiting = (number: number, more: Partial<Operation> = {}): Operation => ({
  id: idAt(number),
  caller: { id: 'key-0a1b2c3d4e5f', owner: 'key-0a1b2c3d4e5f', roles },
  request: {
    functionName: 'listMachines',
    url: 'https://gateway.example/api/machines?$top=5',
    query: { $top: '5' },
    params: {},
    headers: { 'x-request-id': 'r-1' },
  },
  state: 'waiting',
  ticket: 1,
  due: 1000,
  tries: 0,
  strays: 0,
  createdAt: 1000,
  deadline: 1000 + hour,
  bodies: [],
  ...more,
});

export const ended = (operation: Operation, expiresAt: number, more: Partial<Operation> = {}): Operation => ({
  ...operation,
  state: 'done',
  expiresAt,
  answer: { status: 200, headers: {}, at: 2000, body: { encoding: 'utf8', text: '{}' } },
  ...more,
});
