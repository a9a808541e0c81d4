import type { Service } from '../defender/call.ts';
import { claimsOf } from './case.ts';
import type { HeldToken, ServiceAccess } from './heldToken.ts';
import type { TokenReport } from './report.ts';
import { tokenMessage } from './tokenMessage.ts';

/** What of a token can be shown. */
export const tokenReport = (service: Service, { baseUrl, scope }: ServiceAccess, held: HeldToken): TokenReport => {
  const claims = claimsOf(held);
  return {
    service,
    host: new URL(baseUrl).host,
    scope,
    audience: claims?.audience,
    roles: claims?.roles,
    issuedAt: textOf(claims?.issuedAt),
    expiresAt: textOf(claims?.expiresAt),
    message: tokenMessage(held),
  };
};

const textOf = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();
