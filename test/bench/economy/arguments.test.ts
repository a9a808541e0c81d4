import { readArguments } from '../../../bench/economy/arguments.ts';
import { WrongArguments } from '../../../src/local/command.ts';

describe('the options of the bench of economy', () => {
  it('measure everything, 2,000 lookups among it, where nothing is said', () => {
    const { measures, effort } = readArguments([]);
    expect(measures).toEqual(['forEach', 'cached', 'page', 'rss', 'load']);
    expect(effort).toMatchObject({ lookups: 2000, beside: true, pagesInRow: 20, loads: 15, node: process.execPath });
  });

  it('take one measurement alone, another Node, and less of everything', () => {
    const { measures, effort } = readArguments(['--only', 'load', '--node', '/opt/node24', '--quick']);
    expect(measures).toEqual(['load']);
    expect(effort.node).toBe('/opt/node24');
    expect(effort.loads).toBeLessThan(15);
  });

  it.each([
    [['--only', 'speed'], '--only speed: give one of forEach, cached, page, rss, load'],
    [['--node', ''], '--node: give the path of a node program'],
  ])('refuse %j and say what would be right', (args, message) => {
    expect(() => readArguments(args)).toThrow(new WrongArguments(message));
  });

  it('refuse what they do not know', () => {
    expect(() => readArguments(['--fast'])).toThrow("Unknown option '--fast'");
  });
});
