import type { HttpTrigger } from '../triggers.ts';

const intake = { methods: ['POST', 'OPTIONS'], authLevel: 'function' } as const;
const get = { methods: ['GET'], authLevel: 'function' } as const;
const post = { methods: ['POST'], authLevel: 'function' } as const;

/** What Azure is told of the functions of alerts. */
export const alertTriggers = {
  alertIntake: { name: 'alertIntake', route: 'gateway/alerts', ...intake },
  alertHook: { name: 'alertHook', route: 'gateway/hooks/alerts', ...intake },
  alerts: { name: 'alerts', route: 'gateway/alerts', ...get },
  alert: { name: 'alert', route: 'gateway/alerts/{id}', ...get },
  alertReplay: { name: 'alertReplay', route: 'gateway/alerts/{id}/replay', ...post },
} as const satisfies Readonly<Record<string, HttpTrigger>>;
