import { readReplayArguments } from '../../../src/local/replay/replayArguments.ts';

describe('the arguments of npm run replay', () => {
  it('name alerts, each once, at the gateway of npm start', () => {
    expect(readReplayArguments(['da1_1', 'da1_-2', 'da1_1'])).toEqual({
      gateway: { kind: 'here', data: '.local' },
      alerts: ['da1_1', 'da1_-2'],
      failed: false,
    });
  });

  it('can mean all that failed, at another gateway', () => {
    expect(readReplayArguments(['--failed', '--url', 'https://name.azurewebsites.net/', '--key', 'k'])).toEqual({
      gateway: { kind: 'given', url: 'https://name.azurewebsites.net', key: 'k' },
      alerts: [],
      failed: true,
    });
  });

  it('can bring a token instead of a key', () => {
    const { gateway } = readReplayArguments(['--failed', '--url', 'https://name.example', '--token', 't']);
    expect(gateway).toEqual({ kind: 'given', url: 'https://name.example', token: 't' });
  });

  it.each([
    [[], 'name the alerts, such as da637551227677560813_-961444813, or give --failed'],
    [['--failed', '--url', 'https://name.example'], 'give --key too, a function key, or the master key'],
    [['--failed', '--key', 'k'], '--key: give --url too'],
    [['--failed', '--token', 't'], '--token: give --url too'],
    [['--failed', '--url', 'https://name.example', '--key', 'k', '--data', 'd'], '--data: it is for a gateway on this'],
    [['--faild'], '--faild'],
  ])('are refused by name: %j', (args, message) => {
    expect(() => readReplayArguments(args)).toThrow(message);
  });
});
