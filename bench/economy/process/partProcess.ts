/** One process of the bench: told by its parent what to be, it says where it is. It ends when its parent does. */

import { withoutProxy } from '../../../src/local/withoutProxy.ts';
import { environment } from '../../../src/settings.ts';
import { type Host, host } from './host.ts';
import type { FromPart, ToPart } from './messages.ts';
import { surround } from './surround.ts';

type Being = Pick<Host, 'said' | 'stop'> & Partial<Pick<Host, 'weigh'>>;

Object.assign(environment(), withoutProxy(environment()));
let being: Promise<Being> | undefined;

const tell = (message: FromPart) => {
  if (process.connected) process.send?.(message, () => undefined);
};

const hear = async (message: ToPart) => {
  switch (message.kind) {
    case 'surround':
      being = surround(message.surroundings);
      return tell((await being).said);
    case 'host':
      being = host(message.hosting);
      return tell((await being).said);
    case 'weigh': {
      const weight = await (await being)?.weigh?.();
      return weight && tell(weight);
    }
    case 'end':
      return end();
  }
};

const end = async () => {
  const one = await being?.catch(() => undefined);
  await one?.stop();
  process.exit();
};

process.on('message', (message: ToPart) =>
  hear(message).catch((error: Error) => tell({ kind: 'failed', message: error.message })),
);
process.on('disconnect', () => void end());
// A Ctrl-C in the terminal is for the parent, which ends this one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
