import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { startEasyAuth } from '../../../src/local/easyAuth/easyAuth.ts';
import type { RunningIssuer } from '../../../src/local/entra/issuer.ts';
import { type RunningHost, startHost } from '../../../src/local/host/host.ts';
import { startIdentity } from '../../../src/local/identity/identity.ts';
import type { RunningPart } from '../../../src/local/part.ts';
import { startSimulator } from '../../../src/local/simulator/simulator.ts';
import { type Azurite, startAzurite } from '../../../src/local/stack/azurite.ts';
import { excludedPaths, startExampleIssuer } from '../../../src/local/stack/entraParts.ts';

const certificate = resolve('test/support/certificate/cert.pem');
const key = resolve('test/support/certificate/key.pem');
const identityId = '11111111-2222-3333-4444-555555555555';

/** What is deployed, as it runs in Azure: the zip, storage by identity, App Service Authentication in front, callers by token. */
export interface Deployed {
  readonly azurite: Azurite;
  readonly simulator: RunningPart;
  readonly identity: RunningPart;
  readonly issuer: RunningIssuer;
  readonly host: RunningHost;
  /** App Service Authentication before it. */
  readonly front: RunningPart;
  /** The same, but it lets by what any reading of `/gateway/hooks/*` may mean: the gateway has to hold by itself there. */
  readonly looseFront: RunningPart;
  /** A good token of one of the example callers. */
  tokenOf(applicationId: string): string;
  stop(): Promise<void>;
}

export const startDeployed = async (): Promise<Deployed> => {
  const scratch = mkdtempSync(join(tmpdir(), 'deployed-'));
  const parts: { stop(): Promise<void> }[] = [];
  const started = async <T extends { stop(): Promise<void> }>(part: Promise<T>): Promise<T> => {
    parts.unshift(await part);
    return part;
  };
  const stop = async () => {
    for (const part of parts) await part.stop();
    rmSync(scratch, { recursive: true });
  };
  try {
    const azurite = await started(startAzurite({ appRoot: resolve('.'), tls: { certificate, key } }));
    const simulator = await started(startSimulator({ port: 0 }));
    const identity = await started(startIdentity({ port: 0, header: 'secret', clientId: identityId }));
    const issuer = await started(startExampleIssuer(0, () => {}));
    const host = await started(
      startHost({
        port: 0,
        appRoot: unpacked(scratch),
        workerPath: resolve('.build/worker.mjs'),
        environment: settingsOf({ azurite, simulator, identity, issuer }),
        log: () => {},
      }),
    );
    const { tenantId, issuers, keysUrl } = issuer;
    const audiences = Object.values(issuer.audience);
    const wall = { port: 0, target: host.url, tenantId, issuers, audiences, keysUrl };
    const front = await started(startEasyAuth({ ...wall, excludedPaths }));
    const looseFront = await started(startEasyAuth({ ...wall, excludedPaths: ['/gateway/hooks/*'] }));
    const tokenOf = (applicationId: string) => issuer.signed(issuer.claimsFor(applicationId));
    return { azurite, simulator, identity, issuer, host, front, looseFront, tokenOf, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
};

/** The package, made by its own command, and unpacked where no node_modules are. */
const unpacked = (scratch: string): string => {
  const made = spawnSync(process.execPath, ['scripts/package.mjs', '--out', join(scratch, 'made')], {
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`no package was made:\n${made.stdout}${made.stderr}`);
  const app = join(scratch, 'app');
  for (const [name, content] of Object.entries(unzipSync(readFileSync(join(scratch, 'made/gateway.zip'))))) {
    mkdirSync(dirname(join(app, name)), { recursive: true });
    writeFileSync(join(app, name), content);
  }
  return app;
};

/** As infra/ sets them: no key, no connection string. */
const settingsOf = ({
  azurite,
  simulator,
  identity,
  issuer,
}: Pick<Deployed, 'azurite' | 'simulator' | 'identity' | 'issuer'>) => ({
  AzureWebJobsStorage__blobServiceUri: azurite.blobs,
  AzureWebJobsStorage__queueServiceUri: azurite.queues,
  AzureWebJobsStorage__tableServiceUri: azurite.tables,
  AzureWebJobsStorage__credential: 'managedidentity',
  AzureWebJobsStorage__clientId: identityId,
  STORAGE_TABLES_ENDPOINT: azurite.tables,
  STORAGE_QUEUES_ENDPOINT: azurite.queues,
  STORAGE_BLOBS_ENDPOINT: azurite.blobs,
  IDENTITY_ENDPOINT: `${identity.url}/msi/token`,
  IDENTITY_HEADER: 'secret',
  AZURE_CLIENT_ID: identityId,
  AZURE_TENANT_ID: issuer.tenantId,
  NODE_EXTRA_CA_CERTS: certificate,
  CALLER_AUTH: 'entra',
  CALLER_AUDIENCES: Object.values(issuer.audience).join(' '),
  CALLER_ISSUERS: issuer.issuers.join(' '),
  CALLER_KEYS_URL: issuer.keysUrl,
  DEFENDER_BASE_URL: simulator.url,
  SECURITY_STATES_BASE_URL: simulator.url,
  QUOTA_NEW_LEDGER: 'unused',
});
