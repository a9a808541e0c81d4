import type { HttpFunction } from '../services.ts';
import { alert } from './alert.ts';
import { alertIntake } from './alertIntake.ts';
import { alertReplay } from './alertReplay.ts';
import type { ForAlerts } from './alertServices.ts';
import { alerts } from './alerts.ts';
import { alertTriggers } from './alertTriggers.ts';

/** Alerts come in, are looked at, and are made to begin anew; none of it costs a call to Defender by itself. */
export const alertFunctions = (services: ForAlerts): readonly HttpFunction[] => [
  alertIntake(alertTriggers.alertIntake, services),
  alertIntake(alertTriggers.alertHook, services),
  alerts(services),
  alert(services),
  alertReplay(services),
];
