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

const small = ['--alerts', '40', '--machines', '30', '--instances', '1'];

describe('npm run bench:alerts', () => {
  it('enriches a few alerts with fewer calls, and ends with one line', async () => {
    const bench = runBuilt('alerts', [...small, '--alone']);
    expect(await bench.ended).toBe(0);
    const line = JSON.parse(bench.lines.at(-1) ?? '');
    expect(line).toMatchObject({ alerts: 40, final: 40, lost: 0, violations: 0, states: { enriched: 40 } });
    expect(line.callsPerAlert).toBeLessThan(1);
    expect(Object.keys(line).slice(0, 8)).toEqual([
      'alerts',
      'final',
      'lost',
      'duplicates',
      'calls',
      'callsPerAlert',
      'seconds',
      'violations',
    ]);
  });

  it('says what is wrong with an argument, and ends with 2', async () => {
    const bench = runBuilt('alerts', ['--alerts', 'all']);
    expect(await bench.ended).toBe(2);
    expect(bench.lines).toEqual([expect.stringContaining('--alerts all: give a whole number')]);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('leaves no process behind when it is ended by %s', async (signal) => {
    const bench = runBuilt('alerts', [...small, '--chaos']);
    const started = await until('its processes', async () => {
      const children = await childrenOf(bench);
      return children.length >= 8 ? children : undefined;
    });
    bench.child.kill(signal);
    expect(await bench.ended).toBe(signal === 'SIGTERM' ? 1 : null);
    await until('the end of its processes', () => !started.some(isAlive) || undefined);
  });
});
