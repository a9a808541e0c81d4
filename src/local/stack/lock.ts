/**
 * One stack to a data folder: a file that is created exclusively, and says who holds it. A process that is dead, or
 * that only has the number of a dead one, holds nothing.
 */
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { systemClock } from '../../clock.ts';
import { openDoor, stillOpen } from './door.ts';
import { isAlive } from './isAlive.ts';

/** Who holds a lock, as its file says. */
const holder = z.object({
  pid: z.number(),
  /** A port that the holder listens on as long as it lives. */
  door: z.number(),
  /** Where the stack answers, once it does. */
  url: z.string().optional(),
  /** A process that writes into the folder, and may outlive the holder by a moment. */
  writer: z.number().optional(),
});

export type Holder = z.infer<typeof holder>;

export interface Lock {
  /** Adds to what the file says. */
  tell(more: { readonly url?: string; readonly writer?: number }): Promise<void>;
  release(): Promise<void>;
}

export type Taken =
  | { readonly kind: 'taken'; readonly lock: Lock }
  /** By another, unknown where it has only just created the file. */
  | { readonly kind: 'held'; readonly holder: Holder | undefined };

/** A file that is created is filled long before. */
const fillingMs = 2_000;
const attempts = 5;

/** Takes the lock that `path` stands for, over from a dead holder too. Its folder must exist. */
export const takeLock = async (path: string): Promise<Taken> => {
  const door = await openDoor();
  let own: Holder = { pid: process.pid, door: door.port };
  const lock: Lock = {
    async tell(more) {
      own = { ...own, ...more };
      await writeFile(`${path}.new`, JSON.stringify(own));
      await rename(`${path}.new`, path);
    },
    async release() {
      await rm(path, { force: true });
      door.close();
    },
  };
  let found: Holder | undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await created(path, JSON.stringify(own))) {
      door.release();
      return { kind: 'taken', lock };
    }
    const text = await textOf(path);
    found = read(text);
    if (await isHeld(path, found)) break;
    await putAside(path, text);
  }
  door.close();
  return { kind: 'held', holder: found };
};

const created = async (path: string, text: string): Promise<boolean> => {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

const read = (text: string): Holder | undefined => {
  try {
    return holder.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

const isHeld = async (path: string, found: Holder | undefined): Promise<boolean> => {
  if (found) return isAlive(found.pid) && (await stillOpen(found.door));
  const { mtimeMs = 0 } = (await stat(path).catch(() => undefined)) ?? {};
  return systemClock.wall() - mtimeMs < fillingMs;
};

/** Two may find the same dead holder: the second must not put aside what the first has just created. */
const putAside = async (path: string, judged: string): Promise<void> => {
  const aside = `${path}.${process.pid}`;
  await rename(path, aside).catch(() => undefined);
  const moved = await textOf(aside);
  if (moved !== judged) await created(path, moved);
  await rm(aside, { force: true });
  const writer = read(moved)?.writer;
  for (let left = fillingMs * 2; writer !== undefined && isAlive(writer) && left > 0; left -= 50)
    await systemClock.sleep(50);
};
