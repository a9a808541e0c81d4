import { readArguments } from '../../../bench/quota/arguments.ts';

describe('the options of the bench', () => {
  it('are those of the documented run unless told', () => {
    const { conditions, milliseconds, svg } = readArguments([]);
    expect(conditions).toMatchObject({ processes: 16, saturated: 12, seed: 1, lostPerMille: 3 });
    expect(conditions.limits).toEqual([
      { calls: 100, seconds: 6 },
      { calls: 1500, seconds: 360 },
    ]);
    expect(milliseconds).toBeGreaterThanOrEqual(360_000);
    expect(svg).toBe('.build/quota.svg');
  });

  it('are taken as given', () => {
    const given = ['--processes', '4', '--seconds', '30', '--seed', '9', '--lost', '50', '--svg', 'a.svg'];
    const { conditions, milliseconds, svg } = readArguments(given);
    expect(conditions).toMatchObject({ processes: 4, saturated: 3, seed: 9, lostPerMille: 50 });
    expect(milliseconds).toBe(30_000);
    expect(svg).toBe('a.svg');
  });

  it('are less of everything with --quick, unless told', () => {
    expect(readArguments(['--quick']).milliseconds).toBeLessThan(20_000);
    expect(readArguments(['--quick', '--processes', '12']).conditions.processes).toBe(12);
  });

  it.each([
    [['--processes', '0'], '--processes 0: give a whole number from 1 to 64'],
    [['--seconds', '1.5'], '--seconds 1.5: give a whole number from 5 to 7200'],
    [['--seed', 'x'], '--seed x: give a whole number from 0 to 1000000'],
    [['--lost', '2000'], '--lost 2000: give a whole number from 0 to 1000'],
    [['--svg', ''], '--svg: give a file, such as .build/quota.svg'],
    [['--slow'], "Unknown option '--slow'"],
    [['fast'], "Unexpected argument 'fast'"],
  ])('%j are refused with what would be right', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });
});
