import { childrenOf, endCommands, runBuilt } from '../../support/builtCommand.ts';
import { until } from '../../support/until.ts';

afterEach(endCommands);

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('npm run bench:economy', () => {
  it('ends by itself with one line of JSON that holds what was asked for', async () => {
    const bench = runBuilt('economy', ['--quick', '--only', 'load']);
    expect(await bench.ended).toBe(0);
    expect(bench.lines[0]).toMatch(/^loading the bundle in a fresh process, Node \d/);
    const { loadVsHello, load } = JSON.parse(bench.lines.at(-1) ?? '');
    expect(loadVsHello).toBeCloseTo(load.ratio.median, 3);
    expect(load.ratio.times).toBe(5);
  });

  it('says what it could not measure, and ends with 1', async () => {
    const bench = runBuilt('economy', ['--quick', '--only', 'load', '--node', '/nowhere/node']);
    expect(await bench.ended).toBe(1);
    expect(bench.lines[0]).toContain("load can't be measured: spawn /nowhere/node ENOENT");
    expect(JSON.parse(bench.lines.at(-1) ?? '')).toMatchObject({
      loadVsHello: null,
      failed: { load: expect.anything() },
    });
  });

  it('says what is wrong with an argument, and ends with 2', async () => {
    const bench = runBuilt('economy', ['--only', 'speed']);
    expect(await bench.ended).toBe(2);
    expect(bench.lines).toEqual([expect.stringContaining('--only speed: give one of')]);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('leaves no process behind when it is ended by %s', async (signal) => {
    const bench = runBuilt('economy', ['--quick', '--only', 'rss']);
    const started = await until('a host', async () => {
      const children = await childrenOf(bench);
      return children.length === 2 ? children : undefined;
    });
    bench.child.kill(signal);
    expect(await bench.ended).toBe(signal === 'SIGTERM' ? 1 : null);
    await until('the end of its processes', () => !started.some(isAlive) || undefined);
  });
});
