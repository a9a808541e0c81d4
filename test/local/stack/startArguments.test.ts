import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startArguments } from '../../../src/local/stack/command/startArguments.ts';
import { freePorts, usualPorts } from '../../../src/local/stack/ports.ts';

describe('the arguments of npm start', () => {
  it('may be left out', async () => {
    expect(await startArguments([])).toEqual({
      ports: usualPorts,
      data: '.local',
      fresh: false,
      hosts: 1,
      auth: 'key',
      messageLeaseSeconds: undefined,
      simulator: {},
    });
  });

  it('free every port by --port 0, but those that are given', async () => {
    const { ports } = await startArguments(['--port', '0', '--blob-port', '11000']);
    expect(ports).toEqual({ ...freePorts, blobs: 11_000 });
  });

  it('change one port alone', async () => {
    const { ports } = await startArguments(['--simulator-port', '0']);
    expect(ports).toEqual({ ...usualPorts, simulator: 0 });
  });

  it('say how callers are known', async () => {
    expect((await startArguments(['--auth', 'entra'])).auth).toBe('entra');
    await expect(startArguments(['--auth', 'none'])).rejects.toThrow('--auth none: give key or entra');
  });

  it('say for how long a message is leased', async () => {
    expect((await startArguments(['--message-lease', '5'])).messageLeaseSeconds).toBe(5);
  });

  it('describe the simulated Defender', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'faults-'));
    const file = join(folder, 'faults.json');
    await writeFile(file, '[{"match":{"nth":3},"do":{"status":503}}]');
    const fleet = ['--machines', '5', '--alerts', '7', '--seed', '2'];
    const args = [...fleet, '--latency', '30', '--limits', '20/6', '--faults', file];
    expect((await startArguments(args)).simulator).toEqual({
      machines: 5,
      alerts: 7,
      seed: 2,
      latencyMs: 30,
      limits: [{ calls: 20, seconds: 6 }],
      faults: [{ match: { nth: 3 }, do: { status: 503 } }],
    });
    await rm(folder, { recursive: true });
  });

  it.each([
    [['--port', '70000'], '--port 70000: give a whole number from 0 to 65535'],
    [['--table-port', 'x'], '--table-port x: give a whole number from 0 to 65535'],
    [['--message-lease', '1'], '--message-lease 1: give a whole number from 2 to 604800'],
    [['--faults', '/none.json'], '--faults: ENOENT'],
    [['--limits', '20'], "--limits: '20' is not a limit"],
  ])('are named when they are wrong: %s', async (args, said) => {
    await expect(startArguments(args)).rejects.toThrow(said);
  });
});
