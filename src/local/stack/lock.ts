/**
 * One stack to a data folder: a file that is created exclusively, and says who holds it. A process that is dead, or
 * that only has the number of a dead one, holds nothing.
 */
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { systemClock } from '../../clock.ts';
import { type Door, openDoor, stillOpen } from './door.ts';
import { isAlive } from './isAlive.ts';

/** Who holds a lock, as its file says. */
const holder = z.object({
  pid: z.number(),
  /** A port that the holder listens on as long as it lives. */
  door: z.number(),
  /** Where the stack answers, once it does. */
  url: z.string().optional(),
  /** The connection string of its storage, where it is a whole stack. */
  storage: z.string().optional(),
  /** Where its issuer gives tokens, where callers are known by them. */
  tokenUrl: z.string().optional(),
  /** A process that writes into the folder, and may outlive the holder by a moment. */
  writer: z.number().optional(),
});

export type Holder = z.infer<typeof holder>;

export type Told = Partial<Pick<Holder, 'url' | 'storage' | 'tokenUrl' | 'writer'>>;

export interface Lock {
  /** Adds to what the file says. */
  tell(more: Told): Promise<void>;
  release(): Promise<void>;
}

export type Taken =
  | { readonly kind: 'taken'; readonly lock: Lock }
  /** By another, unknown where it has only just created the file. */
  | { readonly kind: 'held'; readonly holder: Holder | undefined };

/** A file that is created is filled long before. */
const fillingMs = 2_000;
/** Takes milliseconds; who takes so long is dead. */
const seizingMs = 3_000;
const lookEveryMs = 20;

/**
 * Takes the lock that `path` stands for, over from a dead holder too.
 *
 * @throws Error when its folder is missing or cannot be written
 */
export const takeLock = async (path: string): Promise<Taken> => {
  const door = await openDoor();
  try {
    const own: Holder = { pid: process.pid, door: door.port };
    const found = await take(path, JSON.stringify(own));
    if (found === 'taken') {
      door.release();
      return { kind: 'taken', lock: lockOf(path, own, door) };
    }
    door.close();
    return found;
  } catch (error) {
    door.close();
    throw error;
  }
};

/** Who holds the lock now; undefined where nobody does. */
export const holderOf = async (path: string): Promise<Holder | undefined> => {
  const found = read(await textOf(path));
  return found && (await isHeld(path, found)) ? found : undefined;
};

const lockOf = (path: string, holder: Holder, door: Door): Lock => {
  let own = holder;
  return {
    async tell(more) {
      own = { ...own, ...more };
      await replace(path, JSON.stringify(own), own.door);
    },
    async release() {
      await rm(path, { force: true });
      door.close();
    },
  };
};

const take = async (path: string, own: string): Promise<'taken' | Extract<Taken, { kind: 'held' }>> => {
  const end = systemClock.monotonic() + seizingMs * 2;
  for (;;) {
    if (await created(path, own)) return 'taken';
    const text = await textOf(path);
    const found = read(text);
    const isOver = systemClock.monotonic() > end;
    if (isOver || (text !== undefined && (await isHeld(path, found)))) return { kind: 'held', holder: found };
    if (text !== undefined && (await seized(path, text, own))) {
      await untilEnded(found?.writer);
      return 'taken';
    }
    await systemClock.sleep(lookEveryMs);
  }
};

/**
 * Takes the lock over from the dead holder that `judged` names, if it is still that one's: many may find the same, so
 * only one at a time, who has created a second file, looks again and writes.
 */
const seized = async (path: string, judged: string, own: string): Promise<boolean> => {
  const turn = `${path}.turn`;
  if (!(await created(turn, own))) {
    if (((await ageOf(turn)) ?? 0) > seizingMs) await rm(turn, { force: true });
    return false;
  }
  try {
    if ((await textOf(path)) !== judged) return false;
    await replace(path, own, read(own)?.door ?? 0);
    return true;
  } finally {
    await rm(turn, { force: true });
  }
};

/** The storage of a dead holder writes its data, and is gone a moment later. */
const untilEnded = async (writer: number | undefined): Promise<void> => {
  const end = systemClock.monotonic() + fillingMs * 2;
  while (writer !== undefined && isAlive(writer) && systemClock.monotonic() < end) await systemClock.sleep(50);
};

/** Whole or not at all. A door is open to one process at a time, so its number makes a name of one's own. */
const replace = async (path: string, text: string, door: number): Promise<void> => {
  const fresh = `${path}.${door}`;
  await writeFile(fresh, text);
  await rename(fresh, path);
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

/** Undefined where there is none. */
const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(missing);

const missing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};

const read = (text: string | undefined): Holder | undefined => {
  try {
    return holder.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
};

const isHeld = async (path: string, found: Holder | undefined): Promise<boolean> => {
  if (found) return isAlive(found.pid) && (await stillOpen(found.door));
  const age = await ageOf(path);
  return age !== undefined && age < fillingMs;
};

/** Milliseconds since it was written; undefined where there is none. */
const ageOf = async (path: string): Promise<number | undefined> => {
  const found = await stat(path).catch(missing);
  return found && systemClock.wall() - found.mtimeMs;
};
