/** Defender and the managed identity, in a process beside what is measured. */
import { startIdentity } from '../../../src/local/identity/identity.ts';
import { startSimulator } from '../../../src/local/simulator/simulator.ts';
import { createEndings } from '../../../src/local/stack/endings.ts';
import { being } from './being.ts';
import type { FromDefender, ToDefender } from './messages.ts';

const endings = createEndings();

being<ToDefender, FromDefender>(async ({ options, secret }) => {
  const [defender, identity] = await Promise.all([
    endings.keep(startSimulator(options)),
    endings.keep(startIdentity({ port: 0, header: secret })),
  ]);
  return { kind: 'started', defender: defender.url, identity: identity.url };
}, endings.stop);
