import { resolve } from 'node:path';
import { type RunningIssuer, startIssuer } from '../../../src/local/entra/issuer.ts';
import { type RunningHost, startHost } from '../../../src/local/host/host.ts';
import type { HostEvent } from '../../../src/local/host/hostEvent.ts';
import { startIdentity } from '../../../src/local/identity/identity.ts';
import type { RunningPart } from '../../../src/local/part.ts';
import { startSimulator } from '../../../src/local/simulator/simulator.ts';
import { type Azurite, startAzurite } from '../../../src/local/stack/azurite.ts';
import { exampleAudience, exampleCallers, exampleTenant } from '../../../src/local/stack/exampleCallers.ts';
import { wiring } from '../../../src/local/stack/wiring.ts';

/** A gateway of two hosts, one for callers with keys and one for those with tokens, of which every line is kept. */
export interface LoggedGateway {
  readonly byKey: RunningHost;
  readonly byToken: RunningHost;
  readonly issuer: RunningIssuer;
  readonly azurite: Azurite;
  /** What both hosts told, but for their keys, and what the parts around them printed. */
  readonly told: readonly (HostEvent | string)[];
  /** Has Defender, or the identity, fail from now on. */
  change(part: 'simulator' | 'identity', page: string, settings: object): Promise<void>;
  stop(): Promise<void>;
}

export const startLoggedGateway = async (
  secret: string,
  environment: Readonly<Record<string, string>>,
): Promise<LoggedGateway> => {
  const told: (HostEvent | string)[] = [];
  const print = (line: string) => void told.push(line);
  const azurite = await startAzurite({ appRoot: resolve('.') });
  const simulator = await startSimulator({ port: 0, log: print });
  const identity = await startIdentity({ port: 0, header: secret, log: print });
  const issuer = await startIssuer({
    port: 0,
    tenantId: exampleTenant,
    audience: exampleAudience,
    applications: exampleCallers,
    log: print,
  });
  const host = (parts: Parameters<typeof wiring>[0]) =>
    startHost({
      port: 0,
      appRoot: resolve('.'),
      workerPath: resolve('.build/worker.mjs'),
      // One tenant, so that they share what they keep.
      environment: {
        QUOTA_NEW_LEDGER: 'unused',
        ...environment,
        ...wiring(parts, secret),
        AZURE_TENANT_ID: exampleTenant,
      },
      graceMs: 2000,
      // The line that a host begins with shows its keys, to whoever started it.
      log: (event) => void (event.kind === 'ready' || told.push(event)),
    });
  const byKey = await host({ azurite, simulator, identity });
  const byToken = await host({ azurite, simulator, identity, issuer });
  const parts: Readonly<Record<string, RunningPart>> = { byKey, byToken, simulator, identity, issuer };
  return {
    byKey,
    byToken,
    issuer,
    azurite,
    told,
    async change(part, page, settings) {
      const response = await fetch(`${parts[part]?.url}/${page}`, { method: 'PUT', body: JSON.stringify(settings) });
      if (!response.ok) throw new Error(`${page}: ${await response.text()}`);
    },
    async stop() {
      for (const part of Object.values(parts)) await part.stop();
      await azurite.stop();
    },
  };
};
