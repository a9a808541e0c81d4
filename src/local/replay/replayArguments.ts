import { parseArgs } from 'node:util';
import { WrongArguments } from '../command.ts';
import { type GatewayArguments, gatewayArgumentsOf, gatewayOptions } from '../gateway/gatewayArguments.ts';

export interface ReplayArguments {
  readonly gateway: GatewayArguments;
  /** Ids of alerts, each once. */
  readonly alerts: readonly string[];
  /** All that failed as well. */
  readonly failed: boolean;
}

/** The key that the functions of alerts take. */
export const functionKeyOf = 'a function key, or the master key';

export const replayHelp = `npm run replay -- [ID …] [--failed] [--data DIR | --url URL --key KEY]

Has alerts begin anew: those with these ids, in either spelling, and with --failed all that failed. One that has ended
has another result, one that waits is tried at once. Exit code 0 if all of them were replayed, 1 if not, or if an answer
was lost, so that nobody knows; 2 for wrong arguments.

  --failed                all alerts that failed
  --data DIR              where npm start keeps its data (default .local): the gateway is the one that it runs here
  --url URL               another gateway, such as https://NAME.azurewebsites.net
  --key KEY               a function key of that gateway, or its master key
  --token TOKEN           where callers are known by tokens there (CALLER_AUTH=entra), one with the role Alerts.Enrich`;

const options = { ...gatewayOptions, failed: { type: 'boolean' } } as const;

/** @throws WrongArguments, or an error of parseArgs, naming the argument */
export const readReplayArguments = (args: readonly string[]): ReplayArguments => {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { failed = false, ...given } = values;
  if (positionals.length === 0 && !failed) {
    throw new WrongArguments('name the alerts, such as da637551227677560813_-961444813, or give --failed');
  }
  return { gateway: gatewayArgumentsOf(given, functionKeyOf), alerts: [...new Set(positionals)], failed };
};
