import { readSnapshotArguments } from '../../../src/local/snapshot/snapshotArguments.ts';

describe('the arguments of npm run snapshot', () => {
  it('mean the gateway of npm start where none is named', async () => {
    expect(await readSnapshotArguments([])).toEqual({ kind: 'here', data: '.local', simulator: {} });
    expect(await readSnapshotArguments(['--data', 'elsewhere', '--machines', '2000'])).toEqual({
      kind: 'here',
      data: 'elsewhere',
      simulator: { machines: 2000 },
    });
  });

  it('can name another', async () => {
    const args = ['--url', 'https://name.azurewebsites.net/', '--key', 'the-key'];
    expect(await readSnapshotArguments(args)).toEqual({
      kind: 'given',
      url: 'https://name.azurewebsites.net',
      key: 'the-key',
    });
  });

  it('can bring a token besides the key', async () => {
    const args = ['--url', 'https://name.example', '--key', 'k', '--token', 't'];
    expect(await readSnapshotArguments(args)).toMatchObject({ key: 'k', token: 't' });
  });

  it.each([
    [['--url', 'https://name.example'], '--url https://name.example: give --key too'],
    [['--url', 'https://name.example', '--token', 't'], '--url https://name.example: give --key too'],
    [['--key', 'k'], '--key: give --url too'],
    [['--url', 'name.example', '--key', 'k'], '--url name.example: give an address such as'],
    [['--url', 'https://name.example', '--key', 'k', '--machines', '5'], '--machines: it is for a gateway on this'],
    [['--url', 'https://name.example', '--key', 'k', '--data', 'd'], '--data: it is for a gateway on this'],
    [['--machines', 'many'], '--machines many: give a whole number'],
  ])('are refused by name: %j', async (args, message) => {
    await expect(readSnapshotArguments(args)).rejects.toThrow(message);
  });
});
