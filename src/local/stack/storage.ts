import type { RunningPart } from '../part.ts';
import type { Azurite, StoragePorts } from './azurite.ts';
import { createEndings } from './endings.ts';
import { checkPorts } from './ports.ts';
import { openData, type StackData } from './stackData.ts';
import { startToldAzurite } from './toldAzurite.ts';

/**
 * Azurite alone, with its data in a folder that it holds for itself.
 *
 * @param onEnd called with how it ended, if nobody asked it to
 * @throws Error, with nothing left behind, when a port is taken or the folder is in use
 */
export const startStorage = async (
  appRoot: string,
  ports: StoragePorts,
  data: StackData,
  onEnd: (how: string) => void,
): Promise<RunningPart & { readonly azurite: Azurite }> => {
  const endings = createEndings();
  try {
    const opened = await endings.keep(openData(data));
    await checkPorts(ports);
    const azurite = await endings.keep(startToldAzurite({ appRoot, ports }, opened));
    await opened.tell({ url: azurite.blobs });
    void azurite.ended.then((how) => endings.areOver || onEnd(how));
    return { url: azurite.blobs, azurite, stop: endings.stop };
  } catch (error) {
    await endings.stop();
    throw error;
  }
};
