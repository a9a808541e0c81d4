import { simulateCommand } from '../../../bench/simulation/command.ts';

const run = async (...args: string[]) => {
  const lines: string[] = [];
  const exitCode = await simulateCommand(args, (line) => lines.push(line));
  return { exitCode, lines, last: lines.at(-1)?.trim() ?? '' };
};

describe('npm run bench:quota -- --simulate', () => {
  it('ends with one line of JSON, which has the figures of a named scenario', async () => {
    const { exitCode, last } = await run('--scenario', 'alone', '--seed', '3');
    expect(exitCode).toBe(0);
    expect(JSON.parse(last)).toMatchObject({ calls: 201, violations: 0, seed: 3, interactiveRefused: 0, peers: {} });
  });

  it('takes the hours, the processes and the limits that it is told', async () => {
    const { lines, last } = await run('--hours', '0.02', '--processes', '3', '--limits', '20/6');
    expect(lines[0]).toContain('0.02 h, 3 processes, 20/6');
    expect(JSON.parse(last)).toMatchObject({ hours: 0.02, violations: 0 });
  });

  it('runs one random scenario after the other', async () => {
    const { exitCode, last } = await run('--seeds', '2', '--seed', '19');
    expect([exitCode, JSON.parse(last)]).toEqual([0, { seeds: 2, wrong: 0, calls: expect.any(Number) }]);
  });

  it.each([
    [['--hours', 'many'], '--hours many: give a number above 0'],
    [['--scenario', 'night'], '--scenario night: give one of day, rough'],
    [['--limits', '100'], "'100' is not a limit"],
    [['--colour'], '--colour'],
  ])('says what is wrong with %j', async (args, words) => {
    const { exitCode, last } = await run(...args);
    expect([exitCode, last]).toEqual([2, expect.stringContaining(words)]);
  });
});
