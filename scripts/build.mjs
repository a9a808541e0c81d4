// Two bundles: dist/ is what Azure runs (ESM, split, the Azure SDKs in chunks of their own, loaded when first
// needed); .build/ is what runs on one machine (stand-ins and commands, dependencies left in node_modules).
// A file is written only where its content changed, whole and by rename, so builds may overlap.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  write: false,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  outExtension: { '.js': '.mjs' },
};

/** The bundled CommonJS packages call `require`, which an ES module has to be given. */
const requireBanner = {
  js: "import { createRequire as createRequireOfModule } from 'node:module'; const require = createRequireOfModule(import.meta.url);",
};

const app = (entry, outdir) =>
  build({
    ...common,
    entryPoints: { main: entry },
    outdir,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['@azure/functions-core'],
    // Names stay, so that a stack trace can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    banner: requireBanner,
  });

const deployed = await app('src/index.ts', 'dist');
// What the bench compares it with is built in the same way.
const small = await Promise.all(
  ['empty', 'hello'].map((name) => app(`bench/economy/apps/${name}.ts`, `.build/apps/${name}`)),
);

// The function's process of the bench of snapshots, its packages in the bundle as they are in Azure.
const gateway = await app('bench/snapshots/process/gatewayProcess.ts', '.build/apps/snapshots');

const commands = (await readdir(join(root, 'src/local/commands')))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `src/local/commands/${name}`);
const local = await build({
  ...common,
  entryPoints: [
    ...commands,
    'src/local/host/worker.ts',
    { in: 'bench/quota/command.ts', out: 'bench' },
    'bench/quota/gateProcess.ts',
    { in: 'bench/economy/command.ts', out: 'economy' },
    { in: 'bench/economy/process/partProcess.ts', out: 'economyPart' },
    { in: 'bench/economy/process/loadProcess.ts', out: 'economyLoad' },
    'bench/economy/process/weighedWorker.ts',
    'test/snapshots/support/mortal/mortalProcess.ts',
    { in: 'bench/alerts/command.ts', out: 'alerts' },
    { in: 'bench/snapshots/command.ts', out: 'snapshots' },
    { in: 'bench/snapshots/process/defenderProcess.ts', out: 'snapshotsDefender' },
    { in: 'bench/snapshots/process/bareProcess.ts', out: 'snapshotsBare' },
  ],
  entryNames: '[name]',
  outdir: '.build',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  packages: 'external',
});

await publish('dist', deployed.outputFiles);
await publish(
  '.build',
  [local, gateway, ...small].flatMap(({ outputFiles }) => outputFiles),
);
// What went where, for the tests of the bundle.
await writeIfChanged(join(root, '.build/deployed.json'), Buffer.from(JSON.stringify(deployed.metafile)));

async function publish(folder, outputFiles) {
  const kept = new Set(outputFiles.map((file) => relative(join(root, folder), file.path)));
  for (const file of outputFiles) await writeIfChanged(file.path, file.contents);
  for (const name of await readdir(join(root, folder), { recursive: true })) {
    if (/\.mjs$/.test(name) && !kept.has(name)) await rm(join(root, folder, name), { force: true });
  }
}

async function writeIfChanged(path, contents) {
  const before = await readFile(path).catch(() => undefined);
  if (before?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  const fresh = join(dirname(path), `.${basename(path)}.${process.pid}`);
  await writeFile(fresh, contents);
  await rename(fresh, path);
}
