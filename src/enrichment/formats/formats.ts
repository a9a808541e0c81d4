/** All formats that alerts come in, the most unmistakable first: the first that knows a value reads it. */
import { defenderAlertFormat } from './defenderAlert.ts';
import type { Format } from './format.ts';
import { graphAlertFormat } from './graphAlert.ts';
import { graphNotificationFormat } from './graphNotification.ts';
import { incidentFormat } from './incident.ts';
import { plainFormat } from './plain.ts';
import { sentinelAlertFormat } from './sentinelAlert.ts';
import { sentinelIncidentFormat } from './sentinelIncident.ts';
import { siemAlertFormat } from './siemAlert.ts';
import { streamingFormat } from './streaming.ts';

export const formats: readonly Format[] = [
  streamingFormat,
  graphNotificationFormat,
  sentinelIncidentFormat,
  sentinelAlertFormat,
  graphAlertFormat,
  incidentFormat,
  defenderAlertFormat,
  siemAlertFormat,
  plainFormat,
];
