import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonOf } from '../jsonOf.ts';

const run = (name: string, ...args: string[]) => {
  const child = spawn(process.execPath, [`.build/${name}.mjs`, ...args]);
  const said = { out: '', err: '' };
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const ready = new Promise<string>((resolve) => {
    child.stdout.on('data', (piece) => {
      said.out += piece;
      const [, url] = /: (http:\S+)/.exec(said.out) ?? [];
      if (url) resolve(url);
    });
  });
  child.stderr.on('data', (piece) => {
    said.err += piece;
  });
  return { child, said, ended, ready };
};

describe.each(['simulator', 'identity'])('the command %s', (name) => {
  it('explains itself', async () => {
    const { said, ended } = run(name, '--help');
    expect(await ended).toBe(0);
    expect(said.out).toContain(`npm run ${name} -- --port N`);
  });

  it.each([
    [['--prot', '1'], '--prot'],
    [['--port', 'x'], '--port x: give a whole number from 0 to 65535'],
  ])('names a wrong argument, and ends with 2: %j', async (args, message) => {
    const { said, ended } = run(name, ...args);
    expect(await ended).toBe(2);
    expect(said.err).toContain(message);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('prints its address when ready, and stops on %s', async (signal) => {
    const { child, ended, ready } = run(name, '--port', '0');
    expect(await ready).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    child.kill(signal);
    expect(await ended).toBe(0);
  });
});

describe('the command simulator', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('takes its faults from a file, and refuses a wrong one by its field', async () => {
    const [good, bad] = [join(folder, 'good.json'), join(folder, 'bad.json')];
    await writeFile(good, '[{"match":{"nth":1},"do":{"status":503}}]');
    await writeFile(bad, '[{"do":{"status":1}}]');
    const { child, ended, ready } = run('simulator', '--port', '0', '--machines', '3', '--faults', good);
    expect(await jsonOf(fetch(`${await ready}/_simulator/faults`))).toMatchObject({
      faults: [{ do: { status: 503 } }],
    });
    child.kill('SIGTERM');
    await ended;
    const refused = run('simulator', '--port', '0', '--faults', bad);
    expect(await refused.ended).toBe(2);
    expect(refused.said.err).toContain('--faults: faults: [0].do.status');
  });

  it.each([
    [['--limits', '100'], "'100' is not a limit"],
    [['--quota-scope', 'tenant'], '--quota-scope tenant: give route or application'],
    [['--as-of', 'now'], '--as-of now'],
    [['--faults', 'nothing.json'], 'nothing.json'],
  ])('refuses %j', async (args, message) => {
    const { said, ended } = run('simulator', ...args);
    expect(await ended).toBe(2);
    expect(said.err).toContain(message);
  });
});

describe('a slow simulator', () => {
  it('says nothing of listeners, however many wait', async () => {
    const { child, said, ended, ready } = run('simulator', '--port', '0', '--machines', '10', '--latency', '100');
    const url = await ready;
    await Promise.all(Array.from({ length: 30 }, async () => (await fetch(`${url}/api/machines`)).text()));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(said.err).toBe('');
  });
});
