/** What the permission doctor tells: of each token, of each call that the gateway makes, and of the whole. */
import type { Service } from '../defender/call.ts';

export type Verdict =
  /** Defender lets this application in; that what was asked for is not there is no matter. */
  | 'ok'
  /** The token has none of the roles that would do. */
  | 'roleMissing'
  /** The token is for another service. */
  | 'wrongAudience'
  /** The tenant has no Defender, or no licence for this. No role changes that. */
  | 'notLicensed'
  /** No answer, or none of an API that works. */
  | 'unreachable'
  /** It could not be tried now: the quota is spent. */
  | 'quotaSpent'
  /** It could not be tried now: the quota's ledger can't be used, and without it nothing is sent. */
  | 'quotaUnavailable'
  /** The managed identity gave no token. */
  | 'identityUnavailable'
  /** There is no such call there. */
  | 'notServed'
  /** Defender said no, in words that are none of these. */
  | 'refused'
  /** The settings leave it out; it was not tried. */
  | 'notUsed';

/** Defender's own words where it said no, shortened. */
export interface Said {
  readonly status: number;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

export interface TokenReport {
  readonly service: Service;
  readonly host: string;
  /** What the identity is asked for. */
  readonly scope: string;
  /** What the token is for; undefined where there is none, or it can't be read. */
  readonly audience?: string | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly issuedAt?: string | undefined;
  readonly expiresAt?: string | undefined;
  /** What its age means for a role that was just granted. */
  readonly message: string;
}

export interface CallReport {
  readonly call: string;
  /** What was asked, such as `GET https://api.security.microsoft.com/api/machines?$top=1`. */
  readonly request: string;
  readonly service: Service;
  readonly verdict: Verdict;
  /** Least privilege first, any one will do; empty: not published. */
  readonly rolesThatDo: readonly string[];
  /** Who says so. */
  readonly rolesFrom: string;
  readonly rolesInToken?: readonly string[] | undefined;
  readonly scope: string;
  readonly audience?: string | undefined;
  readonly said?: Said | undefined;
  readonly message: string;
  /** What to do; undefined where there is nothing. */
  readonly fix?: string | undefined;
}

export interface PermissionsReport {
  /** `failed`: no call of Defender's works. `degraded`: not all that is needed does, or not all could be tried. */
  readonly status: 'ok' | 'degraded' | 'failed';
  readonly message: string;
  /** When the calls were made. */
  readonly checkedAt: string;
  /** Of the gateway, as Entra names it in tokens. */
  readonly identity: {
    readonly clientId?: string | undefined;
    readonly objectId?: string | undefined;
    readonly tenantId?: string | undefined;
  };
  readonly securityStates: { readonly source: 'preview' | 'composed' | 'none'; readonly message: string };
  readonly tokens: readonly TokenReport[];
  readonly calls: readonly CallReport[];
}
