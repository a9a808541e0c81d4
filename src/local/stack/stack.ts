/**
 * All that the gateway needs, on one machine: storage, identity, Defender, and functions hosts that run the built
 * bundle. Storage and the hosts' workers are child processes, and end with this one however it ends.
 */

import type { RunningIssuer } from '../entra/issuer.ts';
import { type RunningHost, startHost } from '../host/host.ts';
import { startIdentity } from '../identity/identity.ts';
import type { RunningPart } from '../part.ts';
import { startSimulator } from '../simulator/simulator.ts';
import type { Azurite } from './azurite.ts';
import { createEndings, type Endings } from './endings.ts';
import { type EntraParts, startExampleIssuer, startFront } from './entraParts.ts';
import { checkPorts, freePorts, type Ports } from './ports.ts';
import { type OpenData, openData } from './stackData.ts';
import type { StackOptions } from './stackOptions.ts';
import { startToldAzurite } from './toldAzurite.ts';
import { untilAnswers } from './untilAnswers.ts';
import { wiring } from './wiring.ts';

export interface RunningStack extends RunningPart {
  /** At least one. The first answers at the stack's `url`. */
  readonly hosts: readonly [RunningHost, ...RunningHost[]];
  readonly simulator: RunningPart;
  readonly identity: RunningPart;
  readonly azurite: Azurite;
  /** Where callers are known by tokens. */
  readonly entra?: EntraParts | undefined;
}

/** Milliseconds that calls under way have to end in when the stack is stopped. */
const graceMs = 5_000;
/** What callers of the identity must send. */
const secret = 'local';

/**
 * Starts it. When it resolves, every part answers.
 *
 * @throws Error, with nothing left behind, when a port is taken, the data folder is in use, or a part does not start
 */
export const startStack = async (options: StackOptions): Promise<RunningStack> => {
  const endings = createEndings();
  try {
    return await start(options, { ...freePorts, ...options.ports }, endings);
  } catch (error) {
    await endings.stop();
    throw error;
  }
};

const start = async (options: StackOptions, ports: Ports, endings: Endings): Promise<RunningStack> => {
  const data = await endings.keep(openData(options.data));
  await checkPorts(options.auth === 'entra' ? ports : { ...ports, issuer: 0, front: 0 });
  const parts = await startParts(options, ports, data, endings);
  const hosts = await startHosts(options, ports.host, parts, endings);
  const { issuer, ...others } = parts;
  const front = issuer && (await endings.keep(startFront(ports.front, hosts[0].url, issuer)));
  await data.tell({ url: hosts[0].url, storage: parts.azurite.connectionString, tokenUrl: issuer?.tokenUrl });
  let stopping = false;
  void parts.azurite.ended.then((how) => stopping || options.log?.({ kind: 'storageEnded', how }));
  const stop = async () => {
    stopping = true;
    await Promise.all(hosts.map((host) => host.stop()));
    await endings.stop();
  };
  return { url: hosts[0].url, hosts, ...others, entra: issuer && front && { issuer, front }, stop };
};

type Parts = Pick<RunningStack, 'azurite' | 'simulator' | 'identity'> & { readonly issuer: RunningIssuer | undefined };

const startParts = async (
  { appRoot, simulator: simulated, auth, log }: StackOptions,
  ports: Ports,
  data: OpenData,
  { keep }: Endings,
): Promise<Parts> => {
  const lines = (kind: 'simulator' | 'identity' | 'issuer') => (line: string) => log?.({ kind, line });
  const [azurite, simulator, identity, issuer] = await Promise.all([
    keep(startToldAzurite({ appRoot, ports }, data)),
    keep(startSimulator({ ...simulated, port: ports.simulator, log: lines('simulator') })),
    keep(startIdentity({ port: ports.identity, header: secret, log: lines('identity') })),
    auth === 'entra' ? keep(startExampleIssuer(ports.issuer, lines('issuer'))) : undefined,
  ]);
  await Promise.all([
    ...[azurite.blobs, azurite.queues, azurite.tables].map((url) => untilAnswers('storage', url)),
    untilAnswers('the simulator', `${simulator.url}/_simulator/faults`),
    untilAnswers('the identity', `${identity.url}/_identity`),
  ]);
  return { azurite, simulator, identity, issuer };
};

const startHosts = async (
  { appRoot, workerPath, environment: given, hosts: count = 1, messageLeaseSeconds, log }: StackOptions,
  port: number,
  parts: Parts,
  { keep }: Endings,
): Promise<RunningStack['hosts']> => {
  const environment = {
    QUOTA_NEW_LEDGER: 'unused',
    GRAPH_CLIENT_STATE: 'local',
    ...defined(given),
    ...wiring(parts, secret),
  };
  const startOne = (number: number) =>
    keep(
      startHost({
        port: number === 1 ? port : 0,
        appRoot,
        workerPath,
        environment,
        graceMs,
        messageLeaseSeconds,
        log: (event) => log?.({ kind: 'host', number, event }),
      }),
    );
  const others = Array.from({ length: count - 1 }, (_, index) => startOne(index + 2));
  const [first, ...more] = await Promise.all([startOne(1), ...others]);
  await Promise.all([first, ...more].map(({ url }) => untilAnswers('the functions host', `${url}/gateway/health`)));
  return [first, ...more];
};

const defined = (given: StackOptions['environment']): Record<string, string> =>
  Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined));
