import type { Writer } from './writer.ts';
import { cloudEvents } from './writers/cloudEvents.ts';
import { defenderAlert } from './writers/defenderAlert.ts';
import { eventGrid } from './writers/eventGrid.ts';
import { graphAlert } from './writers/graphAlert.ts';
import { plain } from './writers/plain.ts';
import { sentinelIncident } from './writers/sentinelIncident.ts';
import { siemAlert } from './writers/siemAlert.ts';
import { streaming } from './writers/streaming.ts';

export const writers: readonly Writer[] = [
  defenderAlert,
  streaming,
  graphAlert,
  sentinelIncident,
  siemAlert,
  eventGrid,
  cloudEvents,
  plain,
];
