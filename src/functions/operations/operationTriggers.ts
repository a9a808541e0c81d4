import { anyRole } from '../../callers/access.ts';
import type { HttpTrigger } from '../triggers.ts';

/** What Azure is told of the function that shows operations. Whose machines an answer holds was seen to when it was asked for. */
export const operationTriggers = {
  operation: {
    name: 'operation',
    route: 'gateway/operations/{id}',
    methods: ['GET'],
    access: anyRole,
    shows: 'noMachine',
  },
} as const satisfies Readonly<Record<string, HttpTrigger>>;
