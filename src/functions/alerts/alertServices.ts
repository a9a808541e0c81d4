import type { ReadAlertsRules } from '../../enrichment/formats/readAlerts.ts';
import type { Intake } from '../../enrichment/intake.ts';
import type { Looking } from '../../enrichment/looking/looking.ts';
import type { Replay } from '../../enrichment/replay.ts';
import type { Services } from '../services.ts';

/** What the functions of alerts work with. */
export interface AlertServices {
  readonly intake: Intake;
  readonly looking: Looking;
  readonly replay: Replay;
  /** What is taken for an alert. */
  readonly rules: ReadAlertsRules;
}

export type ForAlerts = Pick<Services, 'clock'> & { readonly alerts: AlertServices };
