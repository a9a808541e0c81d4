import { type Azurite, startAzurite as start } from '../../src/local/stack/azurite.ts';

export type { Azurite };

/** Starts an empty storage account in memory, on free ports (about a second). */
export const startAzurite = (): Promise<Azurite> => start({ appRoot: process.cwd() });
