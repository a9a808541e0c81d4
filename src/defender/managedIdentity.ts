/**
 * Tokens of the app's managed identity.
 *
 * The credential of `@azure/identity` keeps tokens for half their life and has no way to ask past what it keeps. So where
 * Defender refused a token, the platform is asked itself, by the App Service protocol that the credential speaks too.
 */
import * as z from 'zod/mini';
import type { AccessToken, TokenSource } from './token.ts';

export interface ManagedIdentityOptions {
  /** The user-assigned identity; the system-assigned one without. */
  readonly clientId?: string | undefined;
  /** `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`, where the platform gives them. */
  readonly endpoint?: { readonly url: string; readonly header: string } | undefined;
  readonly fetch: typeof fetch;
}

export const managedIdentity = ({ clientId, endpoint, fetch }: ManagedIdentityOptions): TokenSource => {
  let credential:
    | Promise<{ getToken(scope: string): Promise<{ token: string; expiresOnTimestamp: number }> }>
    | undefined;

  const fromCredential = async (scope: string): Promise<AccessToken> => {
    credential ??= import('../storage/identitySdk.ts').then(
      ({ ManagedIdentityCredential }) => new ManagedIdentityCredential(clientId === undefined ? {} : { clientId }),
    );
    const { token, expiresOnTimestamp } = await (await credential).getToken(scope);
    return { token, expiresAt: expiresOnTimestamp };
  };

  return (scope, fresh) => (fresh && endpoint ? fromPlatform(scope, clientId, endpoint, fetch) : fromCredential(scope));
};

const answer = z.object({ access_token: z.string(), expires_on: z.coerce.number() });

const fromPlatform = async (
  scope: string,
  clientId: string | undefined,
  endpoint: { readonly url: string; readonly header: string },
  ask: typeof fetch,
): Promise<AccessToken> => {
  const url = new URL(endpoint.url);
  url.searchParams.set('api-version', '2019-08-01');
  url.searchParams.set('resource', scope.replace(/\/\.default$/, ''));
  if (clientId !== undefined) url.searchParams.set('client_id', clientId);
  const response = await ask(url, { headers: { 'x-identity-header': endpoint.header }, redirect: 'manual' });
  if (!response.ok) throw new Error(`the managed identity endpoint answered ${response.status}`);
  const { access_token: token, expires_on: seconds } = answer.parse(await response.json());
  return { token, expiresAt: seconds * 1000 };
};
