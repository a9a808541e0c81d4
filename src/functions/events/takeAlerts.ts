/**
 * Alerts that come without HTTP. Nobody is there to be told what is wrong: what can be taken is, and the rest is kept for people, by the
 * platform where it keeps what fails, else here.
 */
import type { Clock } from '../../clock.ts';
import { type ReadAlerts, type ReadAlertsRules, readAlerts } from '../../enrichment/formats/readAlerts.ts';
import type { Intake } from '../../enrichment/intake.ts';
import type { Log } from '../../log.ts';

export interface TakingServices {
  readonly intake: Intake;
  readonly rules: ReadAlertsRules;
  /** Keeps what nobody else would. @returns where it is found */
  readonly keep: (body: Uint8Array) => Promise<string>;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
}

/** @throws where not all of it can be taken: it then comes again, which does no harm, and ends where the platform keeps what fails */
export const takeAlerts = async (body: Uint8Array, from: string, services: TakingServices): Promise<void> => {
  const { fault, alerts } = readOne(body, services);
  await services.intake.accept(alerts);
  if (fault !== undefined) throw new Error(`${from}: ${fault}`);
};

/** What the platform kept, looked at again. @throws where storage does not take it */
export const takeKept = async (
  body: Uint8Array,
  from: string,
  services: TakingServices,
): Promise<'taken' | 'unreadable'> => {
  const { fault, alerts } = readOne(body, services);
  await services.intake.accept(alerts);
  if (fault === undefined) return 'taken';
  // Nothing of the body: it may hold a secret, and names of people.
  services.log.error('A message can not be taken, and is left', { from, said: fault, bytes: body.length });
  return 'unreadable';
};

/** Several at once: one that can't be taken keeps no other waiting. @throws where storage does not take them */
export const takeAll = async (bodies: readonly Uint8Array[], from: string, services: TakingServices): Promise<void> => {
  const read = bodies.map((body) => ({ body, ...readOne(body, services) }));
  await services.intake.accept(read.flatMap(({ alerts }) => alerts));
  for (const { body, fault } of read) {
    if (fault === undefined) continue;
    const kept = await services.keep(body);
    services.log.error('An event can not be taken, and is kept', { from, said: fault, bytes: body.length, kept });
  }
};

const readOne = (body: Uint8Array, { rules, clock }: TakingServices) => {
  // Nobody is there who could send it in parts.
  const whole = { ...rules, most: Number.POSITIVE_INFINITY };
  const read = readAlerts({ body, headers: {}, receivedAt: new Date(clock.wall()).toISOString() }, whole);
  return { fault: faultIn(read), alerts: read.kind === 'alerts' ? read.alerts : [] };
};

const mostNamed = 5;

/** Why not all of it can be taken. */
const faultIn = (read: ReadAlerts): string | undefined => {
  if (read.kind === 'unreadable') return read.message;
  if (read.kind === 'validation' || read.wrong.length === 0) return undefined;
  const named = read.wrong
    .slice(0, mostNamed)
    .map(({ place, message }) => (place === '' ? message : `${place}: ${message}`));
  const more = read.wrong.length - named.length;
  return `${named.join(' ')}${more > 0 ? ` And ${more} more.` : ''}`;
};
