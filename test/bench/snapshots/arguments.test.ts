import { help, limit, readArguments } from '../../../bench/snapshots/arguments.ts';
import { WrongArguments } from '../../../src/local/command.ts';

describe('the options of the bench of snapshots', () => {
  it('are 100,000 machines, of which one in a hundred changes, and the composed source', () => {
    expect(readArguments([])).toEqual({ machines: 100_000, changed: 0.01, source: 'composed', profile: undefined });
  });

  it('take another fleet, another share, the preview, and a folder for profiles', () => {
    const given = ['--machines', '1000000', '--changed', '.05', '--source', 'preview', '--profile', '/tmp'];
    expect(readArguments(given)).toEqual({ machines: 1_000_000, changed: 0.05, source: 'preview', profile: '/tmp' });
  });

  it.each([
    [['--machines', '0'], '--machines 0: give a whole number from 1 to 1000000'],
    [['--machines', '1000001'], '--machines 1000001: give a whole number from 1 to 1000000'],
    [['--changed', '1%'], '--changed 1%: give a share from 0 to 0.5, such as 0.01'],
    [['--changed', '0.6'], '--changed 0.6: give a share from 0 to 0.5, such as 0.01'],
    [['--source', 'both'], '--source both: give composed or preview'],
  ])('refuse %j and say what would be right', (args, message) => {
    expect(() => readArguments(args)).toThrow(new WrongArguments(message));
  });

  it('are told with the quota that stands aside for the bench', () => {
    expect(help).toContain(`allows ${limit} calls`);
  });
});
