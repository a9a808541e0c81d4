import type { HttpFunction } from './services.ts';

/** GET /gateway/health: this process is up and its settings are right. It asks nothing of storage or Defender. */
export const health = (): HttpFunction => ({
  name: 'health',
  route: 'gateway/health',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: () => ({ jsonBody: { status: 'up' } }),
});
