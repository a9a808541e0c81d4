import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { runScript } from './support/az/runScript.ts';

const inFolder = (folder: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.sh'))
    .map((file) => `${folder}/${file}`);
const commands = inFolder('infra');
const files = [...commands, ...inFolder('infra/lib')];

/** What came with bash 4 or later; a Mac has 3.2. */
const newerThanMac = [
  /\$\{\w+(\[[^\]]*\])?(,|\^|@[A-Za-z])/,
  /\$\{!?\w+\[-\d+\]/,
  /\b(declare|local|typeset) -[a-zA-Z]*[Anlu]/,
  /\b(mapfile|readarray|coproc|globstar|lastpipe|inherit_errexit|EPOCHSECONDS|BASHPID)\b/,
  /&>>|\|&|;;?&/,
  /\bwait -n|\bprintf -v \w+\[|\bprintf '%\(/,
  /\[\[[^\]]* -[vR] /,
  /\{\d+\.\.\d+\.\.\d+\}|\$'[^']*\\u/,
];
const codeOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !/^\s*#/.test(line));

describe('the scripts of infra', () => {
  it.each(files)('%s is bash', (file) => {
    expect(() => execFileSync('bash', ['-n', file])).not.toThrow();
  });

  it.each(files)('%s is bash of a Mac', (file) => {
    expect(codeOf(file).filter((line) => newerThanMac.some((newer) => newer.test(line)))).toEqual([]);
  });

  it.each([
    `x=$\{y,,}`,
    `x=$\{y[@]^^}`,
    'declare -A map',
    'local -n name=$1',
    'mapfile -t lines',
    'az >x &>>log',
    'az |& cat',
    `echo $\{list[-1]}`,
    '[[ $a && -v b ]]',
  ])('would not be if one said %s', (line) => {
    expect(newerThanMac.some((newer) => newer.test(line))).toBe(true);
  });

  it.each(files)('%s ends its lines as bash reads them, on Windows too', (file) => {
    expect(readFileSync(file, 'utf8')).not.toContain('\r');
    expect(readFileSync('.gitattributes', 'utf8')).toMatch(/^\*\.sh text eol=lf$/m);
  });

  it.each(commands)('%s can be run by its name', (file) => {
    expect(statSync(file).mode & 0o111).toBe(0o111);
    expect(codeOf(file).length).toBeGreaterThan(0);
    expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env bash\n/);
  });

  it.each([
    ['register-app.sh', []],
    ['grant-roles.sh', ['--principal', '11111111-1111-1111-1111-111111111111']],
    ['allow-caller.sh', ['soar', 'Machines.Read', '--app', '11111111-1111-1111-1111-111111111111']],
  ])('%s says where az comes from, where it is missing', async (script, given) => {
    const { status, stderr } = await runScript(script, given, { without: 'az' });
    expect([status, stderr]).toEqual([
      1,
      'az is not installed: https://learn.microsoft.com/cli/azure/install-azure-cli\n',
    ]);
  });

  it('are run by azd with bash, each', () => {
    const azure = readFileSync('azure.yaml', 'utf8');
    const run = [...azure.matchAll(/(\S+ )(infra\/[\w-]+\.sh)/g)].map(([, by = '', file = '']) => [by, file]);
    expect(run).toEqual([
      ['bash ', 'infra/register-app.sh'],
      ['bash ', 'infra/grant-roles.sh'],
    ]);
  });
});
