import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localEnvironment } from '../../../../src/local/host/command/localSettings.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'local-settings-'));
});

afterEach(() => rmSync(root, { recursive: true }));

const settings = (text: string) => writeFileSync(join(root, 'local.settings.json'), text);

describe('the environment of an app on this machine', () => {
  it('is that of the process over the values of local.settings.json', () => {
    settings('{ "IsEncrypted": false, "Values": { "A": "file", "B": "file", "COUNT": 3 } }');
    expect(localEnvironment(root, { B: 'process', C: 'process', D: undefined })).toEqual({
      A: 'file',
      B: 'process',
      C: 'process',
      COUNT: '3',
    });
  });

  it('needs no such file', () => {
    expect(localEnvironment(root, { A: 'process' })).toEqual({ A: 'process' });
  });

  it('is an error that names the file when it is not JSON', () => {
    settings('{ Values }');
    expect(() => localEnvironment(root, {})).toThrow(/^cannot read .*local\.settings\.json: /);
  });
});
