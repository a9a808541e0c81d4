import { readArguments } from '../../../bench/alerts/arguments.ts';
import { WrongArguments } from '../../../src/local/command.ts';

describe('the options of the bench of alerts', () => {
  it('are a storm of 1,000 alerts on 400 machines, all named, beside the naive way, where nothing is said', () => {
    expect(readArguments([])).toEqual({
      alerts: 1_000,
      machines: 400,
      limits: [
        { calls: 100, seconds: 60 },
        { calls: 1_500, seconds: 3_600 },
      ],
      instances: 2,
      named: 1,
      minutes: 3,
      seed: 1,
      chaos: false,
      withNaive: true,
    });
  });

  it('are 10,000 alerts on 4,000 machines at ten times the speed with chaos, one in ten without its machine', () => {
    expect(readArguments(['--chaos'])).toMatchObject({
      alerts: 10_000,
      machines: 4_000,
      limits: [
        { calls: 100, seconds: 6 },
        { calls: 1_500, seconds: 360 },
      ],
      named: 0.9,
      minutes: 15,
      chaos: true,
      withNaive: false,
    });
  });

  it('take other numbers, and leave the naive way out', () => {
    const args = ['--alerts', '50', '--machines', '20', '--limits', '10/6', '--instances', '1', '--named', '.5'];
    expect(readArguments([...args, '--minutes', '2', '--seed', '7', '--alone'])).toEqual({
      alerts: 50,
      machines: 20,
      limits: [{ calls: 10, seconds: 6 }],
      instances: 1,
      named: 0.5,
      minutes: 2,
      seed: 7,
      chaos: false,
      withNaive: false,
    });
  });

  it.each([
    [['--alerts', '0'], '--alerts 0: give a whole number from 1 to 50000'],
    [['--named', '2'], '--named 2: give a share from 0 to 1, such as 0.9'],
    [['--limits', 'many'], '--limits: '],
  ])('refuse %j and say what would be right', (args, message) => {
    expect(() => readArguments(args)).toThrow(WrongArguments);
    expect(() => readArguments(args)).toThrow(message);
  });
});
