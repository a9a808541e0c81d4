/** What advice is given on, and what it is. */
import type { Call } from '../defender/call.ts';
import type { CloudName } from '../defender/clouds.ts';
import type { Finding } from './finding.ts';
import type { HeldToken } from './heldToken.ts';
import type { TokenClaims } from './tokenClaims.ts';

export interface App {
  /** Of the function app; undefined where the platform does not say. */
  readonly name?: string | undefined;
  /** `DEFENDER_CLOUD`. */
  readonly cloud: CloudName;
}

export interface Advice {
  readonly message: string;
  readonly fix?: string;
}

/** What advice is given on. */
export interface Case {
  readonly call: Call;
  readonly host: string;
  readonly finding: Finding;
  readonly held: HeldToken;
  readonly app: App;
}

export const claimsOf = (held: HeldToken): TokenClaims | undefined => (held.kind === 'token' ? held.claims : undefined);
