import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Door, openDoor } from '../../../src/local/stack/door.ts';
import { holderOf, type Lock, takeLock } from '../../../src/local/stack/lock.ts';
import { until } from '../../support/until.ts';

let folder: string;
let path: string;
const open: (Lock | Door)[] = [];

const take = async () => {
  const taken = await takeLock(path);
  if (taken.kind === 'taken') open.push(taken.lock);
  return taken;
};
const doorPort = async () => {
  const door = await openDoor();
  open.push(door);
  return door.port;
};
/** A port that nobody listens on. */
const closedPort = async () => {
  const door = await openDoor();
  door.close();
  return door.port;
};
/** No process has it: the largest that Linux gives is 2^22. */
const deadPid = 99_999_999;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  path = join(folder, 'lock');
});

afterEach(async () => {
  for (const one of open.splice(0)) await ('close' in one ? one.close() : one.release());
  await rm(folder, { recursive: true, force: true });
});

describe('the lock of a data folder', () => {
  it('is held by one at a time, who says where it is found', async () => {
    const first = await take();
    if (first.kind === 'taken') await first.lock.tell({ url: 'http://127.0.0.1:7071' });
    expect(await take()).toMatchObject({
      kind: 'held',
      holder: { pid: process.pid, url: 'http://127.0.0.1:7071' },
    });
  });

  it('tells whoever only looks, too, and tells of nobody once it was released', async () => {
    const first = await take();
    if (first.kind !== 'taken') throw new Error('the lock of a new folder is held');
    await first.lock.tell({ url: 'http://127.0.0.1:7071', storage: 'UseDevelopmentStorage=true' });
    const told = { pid: process.pid, url: 'http://127.0.0.1:7071', storage: 'UseDevelopmentStorage=true' };
    expect(await holderOf(path)).toMatchObject(told);
    await first.lock.release();
    expect(await holderOf(path)).toBeUndefined();
  });

  it('has no holder where its file names a dead one', async () => {
    await writeFile(path, JSON.stringify({ pid: process.pid, door: await closedPort(), url: 'http://127.0.0.1:7071' }));
    expect(await holderOf(path)).toBeUndefined();
  });

  it('can be taken again when it was released', async () => {
    const first = await take();
    if (first.kind === 'taken') await first.lock.release();
    expect((await take()).kind).toBe('taken');
  });

  it('goes to one of many who come at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, take));
    expect(all.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
  });

  it('is taken over from a dead process', async () => {
    await writeFile(path, JSON.stringify({ pid: deadPid, door: await doorPort() }));
    expect((await take()).kind).toBe('taken');
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
    expect(await readdir(folder)).toEqual(['lock']);
  });

  it('is taken over where another process has the number of the dead one', async () => {
    await writeFile(path, JSON.stringify({ pid: process.pid, door: await closedPort() }));
    expect((await take()).kind).toBe('taken');
  });

  it('goes to one of many who find a dead holder', async () => {
    await writeFile(path, JSON.stringify({ pid: deadPid, door: await closedPort() }));
    const all = await Promise.all(Array.from({ length: 20 }, take));
    expect(all.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
  });

  it('goes to exactly one of two, time after time', async () => {
    for (let round = 0; round < 30; round++) {
      await writeFile(path, JSON.stringify({ pid: deadPid, door: await closedPort() }));
      const both = await Promise.all([take(), take()]);
      expect(both.map(({ kind }) => kind).sort()).toEqual(['held', 'taken']);
      expect(await readdir(folder)).toEqual(['lock']);
    }
  });

  it('is taken over where somebody died while taking it over', async () => {
    await writeFile(path, JSON.stringify({ pid: deadPid, door: await closedPort() }));
    await writeFile(`${path}.turn`, '');
    await utimes(`${path}.turn`, 0, 0);
    expect((await take()).kind).toBe('taken');
    expect(await readdir(folder)).toEqual(['lock']);
  });

  it('cannot be taken in a folder that is missing, and keeps no process alive for it', async () => {
    const doors = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;
    const before = doors();
    await expect(takeLock(join(folder, 'none', 'lock'))).rejects.toThrow('ENOENT');
    await until('the door to close', () => doors() === before);
  });

  it('is held by who has created the file and not yet written into it', async () => {
    await writeFile(path, '');
    expect(await take()).toEqual({ kind: 'held', holder: undefined });
  });

  it('is taken over from a file that was never written', async () => {
    await writeFile(path, '{"pid":');
    await utimes(path, 0, 0);
    expect((await take()).kind).toBe('taken');
  });
});
