// What Azure runs, and nothing else: the built bundle, host.json, and a package.json without dependencies. Unpacked in app/, packed in
// gateway.zip: the same bytes whenever and wherever it is made of the same bundle. Build first; --out takes another folder.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, '.package') } } });
const out = resolve(values.out);

const files = new Map(
  [
    ...(await bundle()),
    ['host.json', await readFile(join(root, 'host.json'))],
    ['package.json', await manifest()],
  ].sort(([one], [other]) => (one < other ? -1 : 1)),
);
// A zip's dates are local, from 1980 on: this is its first day in any zone.
const mtime = new Date(1980, 0, 1);
const zip = zipSync(Object.fromEntries(files), { level: 9, mtime, os: 3, attrs: 0o100644 << 16 });

await rm(join(out, 'app'), { recursive: true, force: true });
for (const [name, content] of files) {
  const path = join(out, 'app', name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
await writeFile(join(out, 'gateway.zip'), zip);
const size = (bytes) => `${bytes.toLocaleString('en')} bytes`;
const unpacked = [...files.values()].reduce((sum, { length }) => sum + length, 0);
console.log(`${join(out, 'gateway.zip')}: ${files.size} files, ${size(unpacked)}, ${size(zip.length)} packed`);

/** The modules of dist/ under their names in the package. */
async function bundle() {
  const names = (await readdir(join(root, 'dist'), { recursive: true }).catch(() => []))
    .map((name) => relative('.', name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.mjs'));
  if (!names.includes('main.mjs')) throw new Error('there is no dist/main.mjs: run npm run build first');
  return Promise.all(names.map(async (name) => [`dist/${name}`, await readFile(join(root, 'dist', name))]));
}

/** What the platform and Node read of package.json. */
async function manifest() {
  const { name, version, type, main, engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return Buffer.from(`${JSON.stringify({ name, version, type, main, engines }, null, 2)}\n`);
}
