import type { HttpTrigger } from '../triggers.ts';

const access = ['Alerts.Enrich'] as const;
const intake = { methods: ['POST', 'OPTIONS'], access, shows: 'noMachine' } as const;
const get = { methods: ['GET'], access, shows: 'everyMachine' } as const;
const post = { methods: ['POST'], access, shows: 'everyMachine' } as const;

/** What Azure is told of the functions of alerts. */
export const alertTriggers = {
  alertIntake: { name: 'alertIntake', route: 'gateway/alerts', ...intake },
  alertHook: { name: 'alertHook', route: 'gateway/hooks/alerts', ...intake, access: 'key' },
  alerts: { name: 'alerts', route: 'gateway/alerts', ...get },
  alert: { name: 'alert', route: 'gateway/alerts/{id}', ...get },
  alertReplay: { name: 'alertReplay', route: 'gateway/alerts/{id}/replay', ...post },
} as const satisfies Readonly<Record<string, HttpTrigger>>;
