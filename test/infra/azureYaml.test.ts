import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textsIn } from './support/bicep/infra.ts';

const text = readFileSync('azure.yaml', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The value of a key that stands in the file once. */
const settingOf = (key: string) => {
  const found = [...text.matchAll(new RegExp(`^ *${key}: *(\\S+) *$`, 'gm'))].map(([, value = '']) => value);
  expect([key, found.length]).toEqual([key, 1]);
  return found[0] ?? '';
};

describe('azure.yaml', () => {
  it('names the Bicep file that is deployed', () => {
    expect(settingOf('provider')).toBe('bicep');
    expect(existsSync(join(settingOf('path'), `${settingOf('module')}.bicep`))).toBe(true);
    expect(existsSync(join(settingOf('path'), `${settingOf('module')}.parameters.json`))).toBe(true);
  });

  it('ships what npm run package makes, and has nothing built in Azure', () => {
    expect(settingOf('host')).toBe('function');
    expect(settingOf('dist')).toBe('.package/app');
    expect(settingOf('remoteBuild')).toBe('false');
    expect(readFileSync('scripts/package.mjs', 'utf8')).toContain(`'${settingOf('dist').split('/')[0]}'`);
  });

  it('runs scripts that are there', () => {
    const files = [...text.matchAll(/\binfra\/[\w./-]+/g)].map(([file]) => file);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    const run = [...text.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(run).toContain('package');
    expect(run.filter((name) => !scripts[name])).toEqual([]);
  });

  it('names the app by the tag that the Bicep files put on it', () => {
    const service = /^services:\n {2}(\w+):$/m.exec(text)?.[1];
    const tagged = Object.values(textsIn('infra', 'bicep')).filter((bicep) =>
      bicep.includes(`'azd-service-name': '${service}'`),
    );
    expect(tagged).toHaveLength(1);
  });
});
