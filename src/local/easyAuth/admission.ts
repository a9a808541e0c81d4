/** Whether the platform lets a request through, and what it says of it to the code behind. */
import type { IncomingMessage } from 'node:http';
import { type CheckedClaims, checkToken, type TokenChecks } from './checkToken.ts';
import { isExcluded } from './isExcluded.ts';
import { principalHeaders } from './principalHeaders.ts';

/** What stands in `authsettingsV2`, under these names or nearly so. */
export interface AdmissionRules extends TokenChecks {
  readonly excludedPaths: readonly string[];
  /** Client applications; all where there are none. */
  readonly allowedApplications?: readonly string[];
  /** Object ids of callers; all where there are none. */
  readonly allowedIdentities?: readonly string[];
}

export type Admission =
  | { readonly kind: 'admitted'; readonly headers: readonly (readonly [string, string])[] }
  | { readonly kind: 'refused'; readonly status: 401 | 403 | 404 };

export const admit = async ({ url = '/', headers }: IncomingMessage, rules: AdmissionRules): Promise<Admission> => {
  // The platform's own pages (sign-in, token store) never reach the app.
  if (/^\/\.auth(?:[/?]|$)/i.test(url)) return { kind: 'refused', status: 404 };
  if (isExcluded(url, rules.excludedPaths)) return { kind: 'admitted', headers: [] };
  const token = /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1];
  const claims = token === undefined ? undefined : await checkToken(token, rules);
  if (!claims) return { kind: 'refused', status: 401 };
  return isAllowed(claims, rules)
    ? { kind: 'admitted', headers: principalHeaders(claims) }
    : { kind: 'refused', status: 403 };
};

const isAllowed = ({ azp, appid, oid }: CheckedClaims, rules: AdmissionRules): boolean =>
  isOneOf(azp ?? appid, rules.allowedApplications) && isOneOf(oid, rules.allowedIdentities);

const isOneOf = (id: string | undefined, allowed: readonly string[] = []): boolean =>
  allowed.length === 0 || (id !== undefined && allowed.includes(id));
