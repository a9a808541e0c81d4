import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rules-'));
  copyFileSync('biome.json', join(root, 'biome.json'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** What the linter says of a file with this one import. */
const saidOf = (file: string, imported: string): string => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), `import * as it from '${imported}';\nexport const used = it;\n`);
  const biome = resolve('node_modules/@biomejs/biome/bin/biome');
  const options = { cwd: root, encoding: 'utf8' } as const;
  const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', '--colors=off', file], options);
  return stdout + stderr;
};

describe('the rules of who may import whom', () => {
  it.each([
    ['src/odata/filter.ts', '../defender/calls.ts'],
    ['src/odata/filter.ts', 'node:fs'],
    ['src/quota/windows.ts', '@azure/data-tables'],
    ['src/quota/windows.ts', '../tableClient.ts'],
    ['src/quota/gate.ts', '../defender/client.ts'],
    ['src/defender/client.ts', '../http/respond.ts'],
    ['src/defender/client.ts', '../settings.ts'],
    ['src/http/respond.ts', '../machines/machines.ts'],
    ['src/machines/machines.ts', '../functions/register.ts'],
    ['src/machines/machines.ts', '@azure/data-tables'],
    ['src/machines/machines.ts', './tableAnswers.ts'],
    ['src/machines/tableAnswers.ts', '../tableClient.ts'],
    ['src/machines/tableAnswers.ts', '../http/respond.ts'],
    ['src/snapshots/diff.ts', '../http/respond.ts'],
    ['src/snapshots/runs.ts', './store/tableStates.ts'],
    ['src/snapshots/runs.ts', '@azure/data-tables'],
    ['src/snapshots/store/tableStates.ts', '../../tableClient.ts'],
    ['src/enrichment/enrich.ts', '../local/part.ts'],
    ['src/enrichment/enrich.ts', '../machines/machines.ts'],
    ['src/enrichment/enrich.ts', 'node:https'],
    ['src/enrichment/enrich.ts', './store/tableAlertStore.ts'],
    ['src/enrichment/store/tableAlertStore.ts', '../../storage/tableClient.ts'],
    ['src/callers/identify.ts', '../http/respond.ts'],
    ['src/callers/identify.ts', 'jose'],
    ['src/callers/joseTokens.ts', '../defender/client.ts'],
    ['src/operations/park.ts', '../machines/machines.ts'],
    ['src/operations/park.ts', './tableOperations.ts'],
    ['src/operations/store/tableOperations.ts', '../../storage/tableClient.ts'],
    ['src/permissions/doctor.ts', '../http/respond.ts'],
    ['src/permissions/doctor.ts', '@azure/identity'],
    ['src/functions/health.ts', '../tableClient.ts'],
    ['src/functions/openapi.ts', '../connector/operations.ts'],
    ['src/log.ts', './local/part.ts'],
    ['src/index.ts', './local/part.ts'],
  ])('%s may not import %s', (file, imported) => {
    expect(saidOf(file, imported)).toContain('noRestrictedImports');
  });

  it.each([
    ['src/defender/client.ts', '../quota/gate.ts'],
    ['src/quota/tableLedger.ts', '@azure/data-tables'],
    ['src/machines/machines.ts', '../defender/client.ts'],
    ['src/machines/tableAnswers.ts', '@azure/data-tables'],
    ['src/machines/tableAnswers.ts', './tableAnswersWrites.ts'],
    ['src/snapshots/store/tableStates.ts', '@azure/data-tables'],
    ['src/enrichment/store/tableAlertStore.ts', '@azure/data-tables'],
    ['src/enrichment/out/http/nodePost.ts', 'node:https'],
    ['src/callers/joseTokens.ts', 'jose'],
    ['src/operations/store/tableOperations.ts', '@azure/data-tables'],
    ['src/permissions/doctor.ts', '../defender/client.ts'],
    ['src/functions/health.ts', '../http/respond.ts'],
    ['src/local/stack/stack.ts', '../../quota/limits.ts'],
  ])('%s may import %s', (file, imported) => {
    expect(saidOf(file, imported)).not.toContain('noRestrictedImports');
  });
});
