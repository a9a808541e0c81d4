import { parseArgs } from 'node:util';
import { WrongArguments } from '../command.ts';
import {
  readSimulatorArguments,
  type SimulatorArguments,
  simulatorArguments,
  simulatorHelp,
} from '../simulator/simulatorArguments.ts';

/** Which gateway is meant. */
export type SnapshotArguments =
  | { readonly kind: 'given'; readonly url: string; readonly key: string }
  /** The one that `npm start` runs over a data folder; where none does, one is started over it. */
  | { readonly kind: 'here'; readonly data: string; readonly simulator: SimulatorArguments };

export const snapshotHelp = `npm run snapshot -- [--data DIR] [--machines N] … | --url URL --key KEY

Takes a snapshot of the security states of all machines now: fires the timer snapshotSecurityStates, shows how far the
run is, and what it found and cost. A run that is under way already is followed. Exit code 0 if the run ends complete,
else 1; 2 for wrong arguments. Broken off with Ctrl-C, the run goes on without being watched.

The gateway is the one that npm start runs on this machine. Where none runs, this command starts one on free ports over
the same data, and stops it at the end; what was stored is there for the next.

  --data DIR              where npm start keeps its data (default .local)
  --url URL               another gateway, such as https://NAME.azurewebsites.net
  --key KEY               the master key of that gateway

Where it starts one itself:

${simulatorHelp}
  --limits LIST           calls/seconds that the simulator allows (default QUOTA_LIMITS, or 100/60,1500/3600)`;

const text = { type: 'string' } as const;
const options = { url: text, key: text, data: text, ...simulatorArguments };

/** @throws WrongArguments, or an error of parseArgs, naming the argument */
export const readSnapshotArguments = async (args: readonly string[]): Promise<SnapshotArguments> => {
  const { values } = parseArgs({ args: [...args], options });
  const { url, key, data, ...simulated } = values;
  if (url === undefined && key === undefined) {
    return { kind: 'here', data: data ?? '.local', simulator: await readSimulatorArguments(simulated) };
  }
  if (url === undefined) throw new WrongArguments('--key: give --url too, of the gateway that it opens');
  if (key === undefined) throw new WrongArguments(`--url ${url}: give --key too, the master key of that gateway`);
  const [other] = Object.keys({ ...simulated, ...(data !== undefined && { data }) });
  if (other) throw new WrongArguments(`--${other}: it is for a gateway on this machine; leave it out with --url`);
  return { kind: 'given', url: addressOf(url), key };
};

const addressOf = (url: string): string => {
  if (!/^https?:\/\/./.test(url) || !URL.canParse(url)) {
    throw new WrongArguments(`--url ${url}: give an address such as https://NAME.azurewebsites.net`);
  }
  return url.replace(/\/+$/, '');
};
