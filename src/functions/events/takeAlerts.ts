/** Alerts that come without HTTP: nobody is there to be told what was wrong, so it stands in the log. */
import type { Clock } from '../../clock.ts';
import { type ReadAlerts, type ReadAlertsRules, readAlerts } from '../../enrichment/formats/readAlerts.ts';
import type { Intake } from '../../enrichment/intake.ts';
import type { AlertReference } from '../../enrichment/reference.ts';
import type { Log } from '../../log.ts';

export interface TakingServices {
  readonly intake: Intake;
  readonly rules: ReadAlertsRules;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
}

/** @throws where nothing of it can be read: the platform then keeps it for people to look at */
export const takeAlerts = async (body: Uint8Array, from: string, services: TakingServices): Promise<void> => {
  const read = readOne(body, services);
  if (read.kind === 'unreadable') throw new Error(`${from}: ${read.message}`);
  await services.intake.accept(alertsIn(read, from, services.log));
};

/** What the platform kept: what can be read goes in, for what can't the log tells people. @throws where storage does not take it */
export const takeKept = async (
  body: Uint8Array,
  from: string,
  services: TakingServices,
): Promise<'taken' | 'unreadable'> => {
  const read = readOne(body, services);
  if (read.kind === 'unreadable') {
    services.log.error('A message can not be read, and is left', { from, said: read.message, text: beginningOf(body) });
    return 'unreadable';
  }
  await services.intake.accept(alertsIn(read, from, services.log));
  return 'taken';
};

/** Several at once: one that can't be read does not keep the others. @throws where storage does not take them */
export const takeAll = async (bodies: readonly Uint8Array[], from: string, services: TakingServices): Promise<void> => {
  const references = bodies.flatMap((body) => {
    const read = readOne(body, services);
    if (read.kind !== 'unreadable') return alertsIn(read, from, services.log);
    services.log.error('An event can not be read', { from, said: read.message, event: beginningOf(body) });
    return [];
  });
  await services.intake.accept(references);
};

const readOne = (body: Uint8Array, { rules, clock }: TakingServices): ReadAlerts =>
  // Nobody is there who could send it in parts.
  readAlerts(
    { body, headers: {}, receivedAt: new Date(clock.wall()).toISOString() },
    { ...rules, most: Number.POSITIVE_INFINITY },
  );

const alertsIn = (
  read: Exclude<ReadAlerts, { kind: 'unreadable' }>,
  from: string,
  log: Log,
): readonly AlertReference[] => {
  if (read.kind === 'validation') return [];
  for (const { place, message } of read.wrong) log.warn('An alert was not taken', { from, place, said: message });
  return read.alerts;
};

const beginningOf = (body: Uint8Array): string => new TextDecoder().decode(body.subarray(0, 500));
