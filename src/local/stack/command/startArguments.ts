import { parseArgs } from 'node:util';
import { WrongArguments, wholeNumber } from '../../command.ts';
import { messageLeaseOf, messageLeaseOption } from '../../host/queues/messageLease.ts';
import {
  readSimulatorArguments,
  type SimulatorArguments,
  simulatorArguments,
  simulatorHelp,
} from '../../simulator/simulatorArguments.ts';
import { freePorts, type Ports, portOptions, usualPorts } from '../ports.ts';

export interface StartArguments {
  readonly ports: Ports;
  readonly data: string;
  readonly fresh: boolean;
  readonly hosts: number;
  readonly auth: 'key' | 'entra';
  readonly messageLeaseSeconds: number | undefined;
  readonly simulator: SimulatorArguments;
}

export const startHelp = `npm start -- [--port N] [--data DIR] [--fresh] [--machines N] …

The gateway with all it needs, on this machine: Azurite, a managed identity, Defender, a functions host. Settings are
those of this environment over the Values of local.settings.json (QUOTA_LIMITS=20/6 npm start), but for the addresses
of the parts, which are the stack's own.

  --port N                of the gateway (default 7071); 0 takes free ports for everything not given
  --simulator-port N      of the Defender simulator (default 7072)
  --identity-port N       of the managed identity (default 7073)
  --blob-port N, --queue-port N, --table-port N
                          of Azurite (default 10000, 10001, 10002)
  --auth entra            callers are known by tokens (CALLER_AUTH=entra): starts an issuer of them, and a front that asks
                          for one as App Service Authentication does; the lines printed say how to get one (default key)
  --issuer-port N, --front-port N
                          of these two (default 7074, 7075)
  --data DIR              where Azurite keeps its data (default .local)
  --fresh                 forget that data first
  --hosts N               functions hosts on the one storage, 1 to 8; the others take free ports (default 1)
  --message-lease SECONDS when a queue's message is there again whose host died (default 600, as in Azure)
  --limits LIST           calls/seconds that the simulator allows (default QUOTA_LIMITS, or 100/60,1500/3600)
${simulatorHelp}`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

// biome-ignore format: it is a table
const options = {
  port: text, 'simulator-port': text, 'identity-port': text, 'issuer-port': text, 'front-port': text, 'blob-port': text, 'queue-port': text, 'table-port': text,
  auth: text, data: text, fresh: flag, hosts: text, [messageLeaseOption]: text, ...simulatorArguments,
};

/** @throws WrongArguments, or an error of parseArgs, naming the argument */
export const startArguments = async (args: readonly string[]): Promise<StartArguments> => {
  const { values } = parseArgs({ args: [...args], options });
  return {
    ports: portsOf(values),
    data: values.data ?? '.local',
    fresh: values.fresh ?? false,
    auth: authOf(values.auth ?? 'key'),
    hosts: wholeNumber('hosts', values.hosts, 1, 8) ?? 1,
    messageLeaseSeconds: messageLeaseOf(values[messageLeaseOption]),
    simulator: await readSimulatorArguments(values),
  };
};

const authOf = (auth: string): StartArguments['auth'] => {
  if (auth === 'key' || auth === 'entra') return auth;
  throw new WrongArguments(`--auth ${auth}: give key or entra`);
};

const portsOf = (values: { readonly [option: string]: string | boolean | undefined }): Ports => {
  const usual = values.port === '0' ? freePorts : usualPorts;
  const given = Object.entries(portOptions).map(([part, option]) => {
    const port = wholeNumber(option, values[option] as string | undefined, 0, 65_535);
    return [part, port ?? usual[part as keyof Ports]];
  });
  return Object.fromEntries(given) as Ports;
};
