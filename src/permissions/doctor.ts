/**
 * The permission doctor: it makes each call that the gateway makes, with the gateway's own token and through the quota, and says of each
 * whether it is let through, and if not, what is missing where.
 */
import type { Clock } from '../clock.ts';
import type { Call, Service } from '../defender/call.ts';
import { calls, ownCalls } from '../defender/calls.ts';
import type { TokenSource } from '../defender/token.ts';
import { claimsOf } from './case.ts';
import { type Examining, examineCall } from './examineCall.ts';
import { type HeldToken, lookAtToken } from './heldToken.ts';
import { keptFor } from './kept.ts';
import type { PermissionsReport } from './report.ts';
import { rolesThatDo } from './roles.ts';
import { tokenReport } from './tokenReport.ts';
import { messageOf, type StatesSource, statesOf, statusOf } from './whole.ts';

export interface Doctor {
  /**
   * Up to a minute old; takes up to twenty seconds or so, and twice that anew. Rejects only where something is broken here.
   *
   * @param anew none that was begun before: after a grant. Begins ten seconds after the one before at the earliest, for all who wait
   */
  examine(anew?: boolean): Promise<PermissionsReport>;
  /** The report that is there, if one is; nobody is asked for it. */
  kept(): PermissionsReport | undefined;
}

export interface DoctorOptions extends Examining {
  /** Where the tokens of the services come from. */
  readonly tokens: TokenSource;
  readonly statesSource: StatesSource;
  readonly clock: Clock;
}

/** Milliseconds for which a report is kept: whoever asks again and again spends no quota. */
const keptMs = 60_000;
/** Milliseconds: asked anew without end, an hour of it costs 360 calls to each route, of the 1000 or 1500 that there are. */
const apartMs = 10_000;

export const createDoctor = (options: DoctorOptions): Doctor => {
  const { get, kept } = keptFor(options.clock, { forMs: keptMs, apartMs }, () => examine(options));
  return { examine: get, kept };
};

const examine = async (options: DoctorOptions): Promise<PermissionsReport> => {
  const { statesSource, services, clock } = options;
  const checkedAt = new Date(clock.wall()).toISOString();
  const all = [...calls, ...ownCalls];
  const used = new Set(all.filter((call) => isUsed(call, statesSource)));
  const names = [...new Set([...used].map(({ service }) => service))];
  const looks = new Map(names.map((name) => [name, lookAtToken(services[name], wantedOf(name, all), options)]));
  const reports = await Promise.all(
    all.map((call) => examineCall(call, used.has(call) ? looks.get(call.service) : undefined, options)),
  );
  const held = await Promise.all(names.map(async (name) => [name, await looks.get(name)] as const));
  const securityStates = statesOf(reports, statesSource);
  const status = statusOf(reports, securityStates);
  return {
    status,
    message: messageOf(status, reports),
    checkedAt,
    identity: identityIn(held.map(([, look]) => look)),
    securityStates,
    tokens: held.flatMap(([name, look]) => (look ? [tokenReport(name, services[name], look)] : [])),
    calls: reports,
  };
};

/** The preview alone needs no antivirus; what is composed needs no preview. */
const isUsed = ({ name, service }: Call, source: StatesSource): boolean =>
  service === 'securityStates' ? source !== 'composed' : name !== 'deviceAntivirus' || source !== 'preview';

const wantedOf = (service: Service, all: readonly Call[]) =>
  all.filter((call) => call.service === service).map((call) => rolesThatDo(call).names);

const identityIn = (looks: readonly (HeldToken | undefined)[]): PermissionsReport['identity'] => {
  const claims = looks.map((look) => look && claimsOf(look)).find((each) => each !== undefined);
  return { clientId: claims?.clientId, objectId: claims?.objectId, tenantId: claims?.tenantId };
};
