import type { AlertReference } from '../../../src/enrichment/reference.ts';

/** Ids of Defender for Endpoint: ticks of January 2021, and a number. */
export const alertIdAt = (index: number): string => `da637472900382838869_${1_000_000 + index}`;

export const machineIdAt = (index: number): string => index.toString(16).padStart(40, '0');

/** An alert that came as `{"alertId":…}`. */
export const referenceTo = (alertId: string, other: Partial<AlertReference> = {}): AlertReference => ({
  alertId,
  machineIds: [],
  source: 'plain',
  receivedAt: '2026-11-21T10:00:00.000Z',
  original: JSON.stringify({ alertId }),
  ...other,
});
