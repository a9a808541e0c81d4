/**
 * The stand-in for an app's managed identity: App Service's token endpoint on this machine. `IDENTITY_ENDPOINT` is
 * its url and `/msi/token`, `IDENTITY_HEADER` the secret it was started with.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { systemClock } from '../../clock.ts';
import { readJson, sendJson } from '../json.ts';
import { listen } from '../listen.ts';
import type { RunningPart } from '../part.ts';
import { schemaFaults } from '../schemaFaults.ts';
import { type IdentityAnswer, identityAnswer } from './identityAnswer.ts';
import { type IdentitySettings, identityChange } from './identitySettings.ts';

export interface IdentityOptions {
  /** 0 for a free one. */
  readonly port: number;
  /** The secret a caller must send as `x-identity-header`. */
  readonly header: string;
  /** Application roles written into every token; `Machine.Read.All` and `Alert.Read.All` unless told. */
  readonly roles?: readonly string[];
  /** A day unless told, as managed identities' tokens live. */
  readonly lifetimeSeconds?: number;
  readonly tenantId?: string;
  /** Where given, tokens are for this user-assigned identity and no other. */
  readonly clientId?: string;
  readonly log?: (line: string) => void;
}

/** Requests remembered for `GET /_identity/requests`. */
const requestsKept = 1000;

/** One request for a token, as `GET /_identity/requests` shows it: never the secret, never the token. */
interface TokenRequest {
  readonly at: string;
  readonly resource: string | null;
  readonly clientId: string | null;
  readonly status: number;
}

interface Identity {
  settings: IdentitySettings;
  requests: TokenRequest[];
  readonly log: (line: string) => void;
}

/**
 * Starts it. `GET /_identity/requests` tells who asked, `GET` and `PUT /_identity` show and change the settings.
 *
 * @throws Error when the port is taken
 */
export const startIdentity = ({ port, log = () => {}, clientId, ...given }: IdentityOptions): Promise<RunningPart> => {
  const { header, roles = ['Machine.Read.All', 'Alert.Read.All'], lifetimeSeconds = 86_400 } = given;
  const { tenantId = 'c2d1a6f4-53b7-4f2e-8a90-1f5d6e7b8c90' } = given;
  const usual = { rolesByResource: {}, ageSeconds: 0, audience: null, fail: null };
  const settings = { header, roles, lifetimeSeconds, tenantId, clientId, ...usual };
  const identity: Identity = { settings, requests: [], log };
  return listen(
    createServer((request, response) => {
      answer(identity, request)
        .catch((error: Error) => ({ status: 400, body: { message: error.message } }))
        .then((answered) => send(response, answered))
        .catch(() => response.destroy());
    }),
    port,
  );
};

const answer = async (identity: Identity, request: IncomingMessage): Promise<IdentityAnswer> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  switch (`${request.method} ${pathname}`) {
    case 'GET /msi/token':
      return token(identity, request, searchParams);
    case 'DELETE /_identity/requests':
      identity.requests = [];
      return requestsOf(identity);
    case 'GET /_identity/requests':
      return requestsOf(identity);
    case 'PUT /_identity':
      return changed(identity, await readJson(request));
    case 'GET /_identity':
      return settingsOf(identity);
    default:
      return { status: 404, body: { message: `there is no ${request.method} ${pathname} here` } };
  }
};

const token = (identity: Identity, request: IncomingMessage, query: URLSearchParams): IdentityAnswer => {
  const header = request.headers['x-identity-header']?.toString();
  const now = systemClock.wall();
  const said = identityAnswer(identity.settings, { header, query }, Math.floor(now / 1000));
  const [resource, clientId] = [query.get('resource'), query.get('client_id')];
  const seen = { at: new Date(now).toISOString(), resource, clientId, status: said.status };
  identity.requests = [...identity.requests.slice(1 - requestsKept), seen];
  identity.settings = { ...identity.settings, fail: oneLess(identity.settings.fail) };
  identity.log(`token for ${resource ?? 'nothing'}: ${said.status}`);
  return said;
};

const oneLess = (fail: IdentitySettings['fail']): IdentitySettings['fail'] =>
  fail && fail.times > 1 ? { ...fail, times: fail.times - 1 } : null;

const changed = (identity: Identity, body: unknown): IdentityAnswer => {
  const read = identityChange.safeParse(body ?? {});
  if (!read.success) return { status: 400, body: { message: schemaFaults(read.error) } };
  const given = Object.fromEntries(Object.entries(read.data).filter(([, value]) => value !== undefined));
  identity.settings = { ...identity.settings, ...given };
  return settingsOf(identity);
};

const settingsOf = ({ settings: { header: _, ...shown } }: Identity): IdentityAnswer => ({ status: 200, body: shown });

const requestsOf = ({ requests }: Identity): IdentityAnswer => ({
  status: 200,
  body: { count: requests.length, requests },
});

const send = (response: ServerResponse, { status, body, retryAfter }: IdentityAnswer): void =>
  sendJson(response, status, body, retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) });
