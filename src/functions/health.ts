import type { HttpFunction } from './services.ts';
import { triggers } from './triggers.ts';

/** GET /gateway/health: this process is up and its settings are right. It asks nothing of storage or Defender. */
export const health = (): HttpFunction => ({
  ...triggers.health,
  handler: () => ({ jsonBody: { status: 'up' } }),
});
