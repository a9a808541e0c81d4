/** What a stack has besides where callers are known by tokens: who issues them, and the platform's wall before the gateway. */
import { httpTriggers } from '../../functions/triggers.ts';
import { startEasyAuth } from '../easyAuth/easyAuth.ts';
import { type RunningIssuer, startIssuer } from '../entra/issuer.ts';
import type { RunningPart } from '../part.ts';
import { exampleAudience, exampleCallers, exampleTenant } from './exampleCallers.ts';

export interface EntraParts {
  readonly issuer: RunningIssuer;
  /** Before the first host. */
  readonly front: RunningPart;
}

export const startExampleIssuer = (port: number, log: (line: string) => void): Promise<RunningIssuer> =>
  startIssuer({ port, tenantId: exampleTenant, audience: exampleAudience, applications: exampleCallers, log });

/** What the platform lets by unseen, as `infra/` tells it: what always takes a key. */
export const excludedPaths: readonly string[] = httpTriggers
  .filter(({ access }) => access === 'key')
  .map(({ route }) => `/${route}`);

export const startFront = (port: number, target: string, issuer: RunningIssuer): Promise<RunningPart> => {
  const { tenantId, issuers, keysUrl } = issuer;
  return startEasyAuth({
    port,
    target,
    tenantId,
    issuers,
    audiences: Object.values(issuer.audience),
    keysUrl,
    excludedPaths,
  });
};
