import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { entryPoints } from '../../../../src/local/host/worker/entryPoints.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'entry-points-'));
  for (const file of [
    'dist/main.mjs',
    'dist/index.js',
    'dist/functions/b.js',
    'dist/functions/a.js',
    'dist/functions/deep/c.js',
    'dist/functions/a.js.map',
    'node_modules/x/d.js',
  ]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
});

afterAll(() => rmSync(root, { recursive: true }));

describe('main of package.json', () => {
  it.each([
    ['dist/main.mjs', ['dist/main.mjs']],
    ['./dist/main.mjs', ['dist/main.mjs']],
    ['dist/{index.js,functions/*.js}', ['dist/index.js', 'dist/functions/a.js', 'dist/functions/b.js']],
    ['dist/{index.js,*.js}', ['dist/index.js']],
    ['{dist/{main,index}.{js,mjs}}', ['dist/main.mjs', 'dist/index.js']],
    ['dist/functions/**/*.js', ['dist/functions/a.js', 'dist/functions/b.js', 'dist/functions/deep/c.js']],
    ['**/c.js', ['dist/functions/deep/c.js']],
    ['**/d.js', []],
    ['dist/nothing.js', []],
    ['dist', []],
  ])('%s names %j', (pattern, files) => {
    expect(entryPoints(pattern, root)).toEqual(files);
  });
});
