import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';

interface Output {
  readonly bytes: number;
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
  readonly inputs: Readonly<Record<string, unknown>>;
}

const outputs: Readonly<Record<string, Output>> = JSON.parse(readFileSync('.build/deployed.json', 'utf8')).outputs;

/** What Node loads before any function runs: the entry, and whatever it imports outright. */
const atStart = (name = 'dist/main.mjs', seen = new Map<string, Output>()): Map<string, Output> => {
  const output = outputs[name];
  if (!output || seen.has(name)) return seen;
  seen.set(name, output);
  for (const { path, kind } of output.imports) if (kind === 'import-statement') atStart(path, seen);
  return seen;
};

const bytes = (of: Iterable<Output>) => [...of].reduce((sum, output) => sum + output.bytes, 0);
const sources = (of: Iterable<Output>) => [...of].flatMap(({ inputs }) => Object.keys(inputs));

describe('the bundle that is deployed', () => {
  it('is what package.json names', () => {
    expect(JSON.parse(readFileSync('package.json', 'utf8')).main).toBe('dist/main.mjs');
    expect(Object.keys(outputs)).toContain('dist/main.mjs');
  });

  it('stays small, all of it and what is loaded at the start', () => {
    expect(bytes(Object.values(outputs))).toBeLessThan(2_750_000);
    expect(bytes(atStart().values())).toBeLessThan(350_000);
  });

  it('loads the Azure SDKs only when they are needed', () => {
    expect(sources(atStart().values()).filter((source) => /@azure\/(identity|data-tables|core-)/.test(source))).toEqual(
      [],
    );
    expect(sources(Object.values(outputs)).some((source) => source.includes('@azure/data-tables'))).toBe(true);
  });

  it('holds nothing of the stand-ins, and needs no package but the one that the worker gives', () => {
    expect(sources(Object.values(outputs)).filter((source) => source.startsWith('src/local/'))).toEqual([]);
    const needed = Object.values(outputs).flatMap(({ imports }) => imports.filter(({ external }) => external));
    expect([...new Set(needed.map(({ path }) => path).filter((path) => !isBuiltin(path)))]).toEqual([
      '@azure/functions-core',
    ]);
  });

  it('says all that is wrong with its settings, and does not start', () => {
    const started = spawnSync(process.execPath, ['dist/main.mjs'], { env: { QUOTA_SCOPE: 'both' }, encoding: 'utf8' });
    expect(started.status).not.toBe(0);
    expect(started.stderr).toContain('QUOTA_SCOPE: write route or application');
    expect(started.stderr).toContain('STORAGE_TABLES_ENDPOINT: is missing');
  });
});
