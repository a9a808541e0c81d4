import { type Azurite, type AzuriteOptions, startAzurite } from './azurite.ts';
import type { OpenData } from './stackData.ts';

/** Starts Azurite over a data folder, which learns at once who writes into it: from here on a dead lock has to name it. */
export const startToldAzurite = async (
  options: Omit<AzuriteOptions, 'folder'>,
  { storage: folder, tell }: OpenData,
): Promise<Azurite> => {
  const azurite = await startAzurite({ ...options, ...(folder !== undefined && { folder }) });
  try {
    await tell({ writer: azurite.pid });
    return azurite;
  } catch (error) {
    await azurite.stop();
    throw error;
  }
};
