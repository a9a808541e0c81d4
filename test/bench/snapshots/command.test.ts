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

describe('npm run bench:snapshots', () => {
  it.each(['composed', 'preview'])(
    'stores a small fleet twice from the source %s, and ends with one line',
    async (source) => {
      const bench = runBuilt('snapshots', ['--machines', '600', '--changed', '0.05', '--source', source]);
      expect(await bench.ended).toBe(0);
      const line = JSON.parse(bench.lines.at(-1) ?? '');
      expect(line).toMatchObject({ source, changed: 30, secondRunChanges: 30, messages: 30 });
      expect(line.rssMb).toBeGreaterThan(30);
      expect(line.rawBatchRatio).toBeGreaterThan(0);
      expect(line).not.toHaveProperty('wrong');
    },
  );

  it('says what is wrong with an argument, and ends with 2', async () => {
    const bench = runBuilt('snapshots', ['--changed', 'all']);
    expect(await bench.ended).toBe(2);
    expect(bench.lines).toEqual([expect.stringContaining('--changed all: give a share')]);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('leaves no process behind when it is ended by %s', async (signal) => {
    const bench = runBuilt('snapshots', ['--machines', '20000']);
    const started = await until('its processes', async () => {
      const children = await childrenOf(bench);
      return children.length >= 3 ? children : undefined;
    });
    bench.child.kill(signal);
    expect(await bench.ended).toBe(signal === 'SIGTERM' ? 1 : null);
    await until('the end of its processes', () => !started.some(isAlive) || undefined);
  });
});
