/** Everything but the gateway: storage in memory, the identity, Defender, and a twin of Defender that tells what is right. */
import { startIdentity } from '../../../src/local/identity/identity.ts';
import type { RunningPart } from '../../../src/local/part.ts';
import { startSimulator } from '../../../src/local/simulator/simulator.ts';
import { startAzurite } from '../../../src/local/stack/azurite.ts';
import { createEndings } from '../../../src/local/stack/endings.ts';
import { untilAnswers } from '../../../src/local/stack/untilAnswers.ts';
import { wiring } from '../../../src/local/stack/wiring.ts';
import type { FromPart, Surroundings } from './messages.ts';

type Surrounding = Pick<RunningPart, 'stop'> & { readonly said: FromPart };

/** What callers of the identity must send. */
const secret = 'bench';
const unlimited = [{ calls: 999_999, seconds: 60 }];

/** Starts it. @throws Error, with nothing left behind, when a part does not start */
export const surround = async ({ appRoot, machines, latencyMs, limits }: Surroundings): Promise<Surrounding> => {
  const { keep, stop } = createEndings();
  try {
    const [azurite, simulator, twin, identity] = await Promise.all([
      keep(startAzurite({ appRoot })),
      keep(startSimulator({ port: 0, machines, latencyMs, limits })),
      keep(startSimulator({ port: 0, machines, limits: unlimited })),
      keep(startIdentity({ port: 0, header: secret })),
    ]);
    await untilAnswers('storage', azurite.tables);
    const told = wiring({ azurite, simulator, identity }, secret);
    const addresses = { simulator: simulator.url, twin: twin.url, tokens: `${identity.url}/msi/token` };
    return { said: { kind: 'surrounds', wiring: told, addresses }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
