import { unsignedToken } from '../../../../src/local/identity/unsignedToken.ts';
import type { RunningPart } from '../../../../src/local/part.ts';
import type { SimulatorOptions } from '../../../../src/local/simulator/options.ts';
import { startSimulator } from '../../../../src/local/simulator/simulator.ts';

export const asOf = '2026-02-01T00:00:00Z';

const longAway = 4_000_000_000;

/** A token as the identity stand-in gives it, but for what the test says. */
export const token = (claims: object = {}): string =>
  unsignedToken({
    aud: 'https://api.securitycenter.microsoft.com',
    iss: 'https://sts.windows.net/tenant/',
    iat: 1,
    nbf: 1,
    exp: longAway,
    appid: 'app',
    oid: 'app',
    tid: 'tenant',
    roles: ['Machine.Read.All', 'Alert.Read.All'],
    jti: 'one',
    ...claims,
  });

export const graphToken = (): string => token({ aud: 'https://graph.microsoft.com' });

export type Body = Record<string, unknown> & {
  readonly value: readonly Record<string, unknown>[];
  readonly error: { readonly code: string; readonly message: string; readonly target: string };
};

/** A simulator under test, and how to ask it. */
export interface Asking extends RunningPart {
  get(path: string, bearer?: string): Promise<{ status: number; headers: Headers; body: Body }>;
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
}

/** Starts one on a free port; its fleet is that of `asOf`, its quota out of the way unless told. */
export const asking = async (options: Partial<SimulatorOptions> = {}): Promise<Asking> => {
  const limits = [{ calls: 10_000, seconds: 60 }];
  const part = await startSimulator({ port: 0, asOf, machines: 200, limits, ...options });
  return {
    ...part,
    get: async (path, bearer = token()) => {
      const answer = await fetch(part.url + path, {
        headers: { authorization: `Bearer ${bearer}` },
        redirect: 'manual',
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: (text === '' ? {} : JSON.parse(text)) as Body };
    },
    control: async <T>(method: string, path: string, body?: unknown) => {
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      return (await (await fetch(`${part.url}/_simulator/${path}`, { method, ...sent })).json()) as T;
    },
  };
};

export const ids = (body: Body): unknown[] => body.value.map(({ id }) => id);
