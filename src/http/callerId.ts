/**
 * Who calls: the application that the platform has authenticated, else the key that was used, by its hash, else nobody in
 * particular. Callers that share a key are one caller.
 */
import { hash } from 'node:crypto';
import type { HttpRequest } from '@azure/functions';

/**
 * @param trustsPrincipal App Service Authentication is on. Only then does the platform take `x-ms-client-principal` and the like out
 *   of what comes from outside ("Work with user identities in Azure App Service authentication"); without it, anybody can send them
 */
export const callerId = (request: Pick<HttpRequest, 'headers' | 'query'>, trustsPrincipal: boolean): string => {
  const principal = trustsPrincipal ? principalId(request.headers) : undefined;
  return principal ?? keyId(request) ?? 'anonymous';
};

/** Whether this is how a caller is named here. */
export const isCallerId = (text: string): boolean => text === 'anonymous' || keyForm.test(text) || idForm.test(text);

const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const keyForm = /^key-[0-9a-f]{12}$/;

/** The client application of the token, which version 1 of Entra's tokens calls `appid` and version 2 `azp`; else whose token it is. */
const principalId = (headers: HttpRequest['headers']): string | undefined => {
  const claims = claimsOf(headers.get('x-ms-client-principal') ?? '');
  const claimed = (name: string) => claims.find(({ typ }) => typ === name)?.val;
  const ids = [claimed('appid'), claimed('azp'), headers.get('x-ms-client-principal-id')];
  return ids.map((id) => String(id ?? '').toLowerCase()).find((id) => idForm.test(id));
};

interface Claim {
  readonly typ?: unknown;
  readonly val?: unknown;
}

const claimsOf = (header: string): readonly Claim[] => {
  try {
    const principal: unknown = JSON.parse(Buffer.from(header, 'base64').toString());
    const claims = typeof principal === 'object' && principal !== null && 'claims' in principal ? principal.claims : [];
    return Array.isArray(claims) ? claims.filter((claim) => typeof claim === 'object' && claim !== null) : [];
  } catch {
    return [];
  }
};

/** The host takes a key from the header first, then from the query ("Work with access keys in Azure Functions"). */
const keyId = ({ headers, query }: Pick<HttpRequest, 'headers' | 'query'>): string | undefined => {
  const key = headers.get('x-functions-key') || query.get('code');
  return key ? `key-${hash('sha256', key, 'hex').slice(0, 12)}` : undefined;
};
