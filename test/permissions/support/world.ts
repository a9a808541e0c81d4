import { createDefender } from '../../../src/defender/client.ts';
import type { Get } from '../../../src/defender/get.ts';
import { createToken, type TokenSource } from '../../../src/defender/token.ts';
import { createDoctor, type DoctorOptions } from '../../../src/permissions/doctor.ts';
import type { CallReport, PermissionsReport } from '../../../src/permissions/report.ts';
import { quotasOn } from '../../support/defender.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { quietLog } from '../../support/quietLog.ts';

/** What Defender or Graph says to one call. */
export interface Spoken {
  readonly status: number;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal in Defender's envelope. */
export const refusal = (status: number, message: string, code = 'Forbidden'): Spoken => ({
  status,
  body: { error: { code, message, target: 'target' } },
});

const list: Spoken = { status: 200, body: { value: [] } };
const nowhere = refusal(404, 'not found', 'ResourceNotFound');

/** A token as the platform gives it, unsigned; `made` and `ends` in seconds since 1970. */
export const tokenOf = (claims: object): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.c2ln`;
};

export const defenderResource = 'https://api.securitycenter.microsoft.com';
export const graphResource = 'https://graph.microsoft.com';
/** 2026-11-19 00:00 UTC, about when the clock of the tests starts. */
export const made = 1_795_046_400;

export interface WorldOptions extends Partial<Pick<DoctorOptions, 'statesSource' | 'app'>> {
  /** By the path that is asked; undefined: as a service that lets everybody in. */
  readonly says?: (path: string, roles: readonly string[]) => Spoken | Error | 'silence' | undefined;
  /** The claims of the platform's newest token, by resource. @throws where there is none */
  readonly newest?: (resource: string) => object;
  readonly limits?: string;
}

/** A doctor, its patient and all around: the real client, a scripted wire, and a platform that keeps tokens. */
export const world = (options: WorldOptions = {}) => {
  const { says = () => undefined, newest = () => ({}), limits, statesSource = 'auto' } = options;
  const { app = { name: 'gateway-app', cloud: 'public' } } = options;
  const clock = fakeClock();
  const asked: string[] = [];
  const tokenRequests: { readonly resource: string; readonly fresh: boolean }[] = [];
  const kept = new Map<string, string>();

  const tokens: TokenSource = async (scope, fresh) => {
    const resource = scope.replace(/\/\.default$/, '');
    tokenRequests.push({ resource, fresh });
    const usual = { aud: resource, oid: 'object', appid: 'client', tid: 'tenant', iat: made, exp: made + 86_400 };
    const token = kept.get(resource);
    const given = token === undefined || fresh ? tokenOf({ ...usual, ...newest(resource) }) : token;
    if (!fresh) kept.set(resource, given);
    return { token: given, expiresAt: Number.POSITIVE_INFINITY };
  };

  const get: Get = async (url, { headers, signal }) => {
    const { pathname, search } = new URL(url);
    asked.push(pathname + search);
    const payload = headers.authorization?.split('.')[1] ?? '';
    const spoken = says(pathname, JSON.parse(Buffer.from(payload, 'base64url').toString() || '{}').roles ?? []);
    if (spoken instanceof Error) throw spoken;
    if (spoken === 'silence') {
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    }
    const {
      status,
      body = '',
      headers: more = {},
    } = spoken ?? (/machines\/0|\/alerts\//.test(pathname) ? nowhere : list);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { status, headers: { 'content-type': 'application/json', ...more }, body: new TextEncoder().encode(text) };
  };

  const access = (baseUrl: string, resource: string) => {
    const scope = `${resource}/.default`;
    return { baseUrl, scope, token: createToken(tokens, scope, clock) };
  };
  const services = {
    defender: access('https://api.security.microsoft.com', defenderResource),
    securityStates: access('https://graph.microsoft.com', graphResource),
  };
  const quotas = quotasOn(clock, limits);
  const defender = createDefender({
    services,
    gateOf: (call) => quotas.of(call).gate,
    get,
    clock,
    log: quietLog,
    random: () => 0.5,
  });
  const doctor = createDoctor({ services, tokens, defender, statesSource, app, clock });

  /** Has time go by until the report is there. */
  const examine = async (): Promise<PermissionsReport> => {
    const examining = doctor.examine();
    await clock.advance(60_000);
    return examining;
  };
  return { clock, doctor, defender, services, asked, tokenRequests, examine };
};

export const reportOf = ({ calls }: PermissionsReport, name: string): CallReport => {
  const found = calls.find(({ call }) => call === name);
  if (!found) throw new Error(`there is no report on ${name}`);
  return found;
};

/** Lets in whoever has the role, and says to others what the live service does. */
export const wants =
  (...roles: readonly string[]) =>
  (_: string, given: readonly string[]): Spoken | undefined =>
    roles.some((role) => given.includes(role))
      ? undefined
      : refusal(
          403,
          `Missing application roles. API required roles: ${roles.join(',')}, application roles: ${given.join(',')}.`,
        );

/** Of each call: its verdict. */
export const verdictsIn = ({ calls }: PermissionsReport) =>
  Object.fromEntries(calls.map(({ call, verdict }) => [call, verdict]));

/** The preview's path, which is Graph's. */
export const isGraphs = (path: string): boolean => path.startsWith('/testwdatp');
