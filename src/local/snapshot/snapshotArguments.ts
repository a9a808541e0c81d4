import { parseArgs } from 'node:util';
import {
  type GatewayArguments,
  gatewayArgumentsOf,
  gatewayOptions,
  keyIsMissing,
  onlyHere,
} from '../gateway/gatewayArguments.ts';
import {
  readSimulatorArguments,
  type SimulatorArguments,
  simulatorArguments,
  simulatorHelp,
} from '../simulator/simulatorArguments.ts';
import { masterKeyOf } from './gatewayClient.ts';

/** Which gateway is meant. */
export type SnapshotArguments =
  | (Extract<GatewayArguments, { kind: 'given' }> & { readonly key: string })
  /** Where none runs over the folder, one is started. */
  | (Extract<GatewayArguments, { kind: 'here' }> & { readonly simulator: SimulatorArguments });

export const snapshotHelp = `npm run snapshot -- [--data DIR] [--machines N] … | --url URL --key KEY

Takes a snapshot of the security states of all machines now: fires the timer snapshotSecurityStates, shows how far the
run is, and what it found and cost. A run that is under way already is followed. Exit code 0 if the run ends complete,
else 1; 2 for wrong arguments. Broken off with Ctrl-C, the run goes on without being watched.

The gateway is the one that npm start runs on this machine. Where none runs, this command starts one on free ports over
the same data, and stops it at the end; what was stored is there for the next.

  --data DIR              where npm start keeps its data (default .local)
  --url URL               another gateway, such as https://NAME.azurewebsites.net
  --key KEY               the master key of that gateway
  --token TOKEN           where callers are known by tokens there (CALLER_AUTH=entra), one with the role Machines.Read

Where it starts one itself:

${simulatorHelp}
  --limits LIST           calls/seconds that the simulator allows (default QUOTA_LIMITS, or 100/60,1500/3600)`;

const options = { ...gatewayOptions, ...simulatorArguments };

/** @throws WrongArguments, or an error of parseArgs, naming the argument */
export const readSnapshotArguments = async (args: readonly string[]): Promise<SnapshotArguments> => {
  const { values } = parseArgs({ args: [...args], options });
  const { url, key, token, data, ...simulated } = values;
  const gateway = gatewayArgumentsOf({ url, key, token, data }, masterKeyOf);
  if (gateway.kind === 'here') return { ...gateway, simulator: await readSimulatorArguments(simulated) };
  const [other] = Object.keys(simulated);
  if (other) throw onlyHere(other);
  if (gateway.key === undefined) throw keyIsMissing(gateway.url, masterKeyOf);
  return { ...gateway, key: gateway.key };
};
