/**
 * The stand-in for Entra as issuer of callers' tokens: signing keys, configuration and token endpoint of one tenant. `GET` and `PUT /_issuer` show
 * and change its settings; `POST /_issuer/rotate` makes another key sign, and with `?withdraw=true` takes the earlier ones back.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { systemClock } from '../../clock.ts';
import { readJson, sendJson } from '../json.ts';
import { listen } from '../listen.ts';
import type { RunningPart } from '../part.ts';
import { schemaFaults } from '../schemaFaults.ts';
import { type Application, type IssuerSettings, issuerChange } from './issuerSettings.ts';
import { createKeyRing, type KeyRing, type RingKey } from './keyRing.ts';
import { readForm } from './readForm.ts';
import { signToken } from './signToken.ts';
import { tokenAnswer } from './tokenAnswer.ts';
import { issuerName, type TokenClaims, tokenClaims } from './tokenClaims.ts';

export interface IssuerOptions {
  /** 0 for a free one. */
  readonly port: number;
  readonly tenantId: string;
  readonly audience: IssuerSettings['audience'];
  readonly applications: readonly Application[];
  /** 2 unless told. */
  readonly version?: 1 | 2;
  /** An hour unless told. */
  readonly lifetimeSeconds?: number;
  readonly log?: (line: string) => void;
}

export interface RunningIssuer extends RunningPart {
  readonly tenantId: string;
  readonly audience: IssuerSettings['audience'];
  /** Of both versions of tokens. */
  readonly issuers: readonly [string, string];
  readonly keysUrl: string;
  readonly tokenUrl: string;
  /** What its token for an application says now. @throws where there is no such application */
  claimsFor(applicationId: string): TokenClaims;
  /** A token of these claims, signed as all its tokens are. */
  signed(claims: TokenClaims): string;
  /** The key that signs now. */
  key(): RingKey;
  rotate(withdraw?: boolean): Promise<void>;
}

interface Issuer {
  settings: IssuerSettings;
  readonly ring: KeyRing;
  readonly log: (line: string) => void;
  /** Known once it listens. */
  url: string;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

/** @throws Error when the port is taken */
export const startIssuer = async ({ port, log = () => {}, ...given }: IssuerOptions): Promise<RunningIssuer> => {
  const settings: IssuerSettings = { version: 2, lifetimeSeconds: 3_600, keysFail: null, ...given };
  const issuer: Issuer = { settings, ring: await createKeyRing(), log, url: '' };
  const server = createServer((request, response) => {
    answer(issuer, request)
      .catch((error: Error) => ({ status: 400, body: { message: error.message } }))
      .then(({ status, body }) => sendJson(response, status, body))
      .catch(() => response.destroy());
  });
  const part = await listen(server, port);
  issuer.url = part.url;
  const { tenantId, audience } = settings;
  return {
    ...part,
    tenantId,
    audience,
    issuers: [issuerName(part.url, tenantId, 1), issuerName(part.url, tenantId, 2)],
    keysUrl: keysUrl(issuer),
    tokenUrl: tokenUrl(issuer),
    claimsFor(id) {
      const application = issuer.settings.applications.find((one) => one.id === id);
      if (!application) throw new Error(`no application ${id} is registered`);
      return claimsNow(issuer, application);
    },
    signed: (claims) => signed(issuer, claims),
    key: issuer.ring.current,
    async rotate(withdraw = false) {
      await issuer.ring.rotate(withdraw);
    },
  };
};

const keysUrl = ({ url, settings }: Issuer): string => `${url}/${settings.tenantId}/discovery/v2.0/keys`;

const tokenUrl = ({ url, settings }: Issuer): string => `${url}/${settings.tenantId}/oauth2/v2.0/token`;

const answer = async (issuer: Issuer, request: IncomingMessage): Promise<Answer> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  switch (`${request.method} ${pathname}`) {
    case `GET ${new URL(keysUrl(issuer)).pathname}`:
      return keys(issuer);
    case `GET /${issuer.settings.tenantId}/v2.0/.well-known/openid-configuration`:
      return { status: 200, body: configuration(issuer) };
    case `POST ${new URL(tokenUrl(issuer)).pathname}`:
      return token(issuer, await readForm(request));
    case 'POST /_issuer/rotate':
      await issuer.ring.rotate(searchParams.get('withdraw') === 'true');
      return keys(issuer);
    case 'PUT /_issuer':
      return changed(issuer, await readJson(request));
    case 'GET /_issuer':
      return { status: 200, body: issuer.settings };
    default:
      return { status: 404, body: { message: `there is no ${request.method} ${pathname} here` } };
  }
};

const keys = ({ settings: { keysFail }, ring }: Issuer): Answer =>
  keysFail === null ? { status: 200, body: ring.published() } : { status: keysFail, body: { error: 'server_error' } };

const configuration = (issuer: Issuer): object => ({
  issuer: issuerName(issuer.url, issuer.settings.tenantId, 2),
  token_endpoint: tokenUrl(issuer),
  jwks_uri: keysUrl(issuer),
  response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
  subject_types_supported: ['pairwise'],
  id_token_signing_alg_values_supported: ['RS256'],
});

const token = (issuer: Issuer, form: URLSearchParams): Answer => {
  const said = tokenAnswer(issuer.settings, form);
  issuer.log(`token for ${form.get('client_id')}: ${said.kind}`);
  if (said.kind === 'refused') return said;
  const expires_in = issuer.settings.lifetimeSeconds;
  const access_token = signed(issuer, claimsNow(issuer, said.application));
  return { status: 200, body: { token_type: 'Bearer', expires_in, ext_expires_in: expires_in, access_token } };
};

const claimsNow = ({ settings, url }: Issuer, application: Application): TokenClaims =>
  tokenClaims(settings, application, url, Math.floor(systemClock.wall() / 1000));

const signed = ({ ring }: Issuer, claims: TokenClaims): string => {
  const { kid, privateKey } = ring.current();
  return signToken({ typ: 'JWT', alg: 'RS256', x5t: kid, kid }, claims, { kind: 'rsa', key: privateKey });
};

const changed = (issuer: Issuer, body: unknown): Answer => {
  const read = issuerChange.safeParse(body ?? {});
  if (!read.success) return { status: 400, body: { message: schemaFaults(read.error) } };
  const given = Object.fromEntries(Object.entries(read.data).filter(([, value]) => value !== undefined));
  issuer.settings = { ...issuer.settings, ...given };
  return { status: 200, body: issuer.settings };
};
