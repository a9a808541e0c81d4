import { parseArgs } from 'node:util';
import { WrongArguments, wholeNumber } from '../../command.ts';
import { messageLeaseOf, messageLeaseOption } from '../queues/messageLease.ts';

export interface HostArguments {
  readonly port: number;
  readonly functions: readonly string[] | undefined;
  readonly json: boolean;
  readonly messageLeaseSeconds: number | undefined;
}

export const hostHelp = `npm run host -- [--port N] [--functions http|NAME,NAME] [--message-lease SECONDS] [--json]

The functions host on this machine: serves the built bundle (npm run build), with this environment over the Values
of local.settings.json. Any number of hosts may share one storage.

  --port N                 0 for a free one (default 7071)
  --functions              http for all with an HTTP trigger, or names; all by default
  --message-lease SECONDS  when a queue's message is there again whose host died (default 600, as in Azure)
  --json                   one JSON line per event instead of text

There is no Event Hub here: its functions run by POST /admin/functions/NAME {"input": "[…]"}, an array of events.`;

/** @throws WrongArguments, or an error of parseArgs, naming the argument */
export const hostArguments = (args: readonly string[]): HostArguments => {
  const text = { type: 'string' } as const;
  const options = { port: text, functions: text, json: { type: 'boolean' }, [messageLeaseOption]: text } as const;
  const { values } = parseArgs({ args: [...args], options });
  const functions = values.functions?.split(',').map((name) => name.trim());
  if (functions?.includes('')) {
    throw new WrongArguments(`--functions ${values.functions}: write http, or names such as machines,snapshots`);
  }
  return {
    port: wholeNumber('port', values.port, 0, 65_535) ?? 7_071,
    functions,
    json: values.json ?? false,
    messageLeaseSeconds: messageLeaseOf(values[messageLeaseOption]),
  };
};
