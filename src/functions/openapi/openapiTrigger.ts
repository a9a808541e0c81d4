import { anyRole } from '../../callers/access.ts';
import type { HttpTrigger } from '../triggers.ts';

/** What Azure is told of the function that gives out what the gateway answers. */
export const openapiTrigger = {
  name: 'openapi',
  route: 'gateway/openapi.json',
  methods: ['GET'],
  access: anyRole,
  shows: 'noMachine',
} as const satisfies HttpTrigger;
