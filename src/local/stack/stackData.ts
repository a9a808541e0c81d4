/** Where a stack keeps its data: in memory, or in a folder that one stack at a time may use. */
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Holder, holderOf, type Told, takeLock } from './lock.ts';

export type StackData =
  | { readonly kind: 'memory' }
  /** `fresh` forgets what an earlier stack stored in it. */
  | { readonly kind: 'folder'; readonly folder: string; readonly fresh?: boolean };

export interface OpenData {
  /** For Azurite's data; exists. Undefined in memory. */
  readonly storage: string | undefined;
  /** Lets who comes later know where to find us, and which process writes into the folder. */
  tell(more: Told): Promise<void>;
  /** Gives the folder back. */
  stop(): Promise<void>;
}

/**
 * Makes the folder where there is none, and takes it.
 *
 * @throws Error that names who uses it
 */
export const openData = async (data: StackData): Promise<OpenData> => {
  if (data.kind === 'memory') return { storage: undefined, tell: async () => {}, stop: async () => {} };
  const storage = resolve(data.folder, 'azurite');
  await mkdir(storage, { recursive: true });
  const taken = await takeLock(join(data.folder, 'lock'));
  if (taken.kind === 'held') throw new Error(alreadyRunning(taken.holder));
  if (data.fresh) {
    await rm(storage, { recursive: true, force: true });
    await mkdir(storage);
  }
  return { storage, tell: taken.lock.tell, stop: taken.lock.release };
};

/** Who uses a folder now; undefined where nobody does. */
export const userOf = (folder: string): Promise<Holder | undefined> => holderOf(join(folder, 'lock'));

const alreadyRunning = (holder: Holder | undefined): string => {
  const process = holder ? ` (process ${holder.pid}, ${holder.url ?? 'still starting'})` : '';
  return `already running${process}; stop it with Ctrl-C there, or give --data another folder`;
};
