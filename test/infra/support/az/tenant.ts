/** A tenant for scripts that call az, and a shell in which nothing but the fake az answers. */
import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { environment } from '../../../../src/settings.ts';

export interface Tenant {
  readonly cloud: 'AzureCloud' | 'AzureUSGovernment';
  /** Null: az is not signed in. */
  readonly tenantId: string | null;
  readonly servicePrincipals: readonly ServicePrincipal[];
  readonly assignments: readonly Assignment[];
  readonly apps: readonly FunctionApp[];
  /** What this account may not do. */
  readonly mayNot?: 'read' | 'grant';
  /** Somebody else grants the same, just before. */
  readonly isAhead?: boolean;
  /** What az complains of where its arguments hold this. */
  readonly faults: readonly { readonly on: string; readonly says: string }[];
  /** What az was asked, in order. */
  readonly asked: readonly string[];
}

export interface ServicePrincipal {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly appRoles: readonly {
    readonly id: string;
    readonly value: string;
    readonly isEnabled: boolean;
    readonly allowedMemberTypes: readonly string[];
  }[];
}

export interface Assignment {
  readonly principalId: string;
  readonly resourceId: string;
  readonly appRoleId: string;
}

export interface FunctionApp {
  readonly name: string;
  readonly group: string;
  readonly clientId?: string;
  readonly principalId?: string;
}

export interface Ran {
  readonly status: number | null;
  readonly said: string;
  readonly complained: string;
  readonly tenant: Tenant;
}

export interface Shell {
  run(script: string, args: readonly string[], tenant: Tenant, variables?: Readonly<Record<string, string>>): Ran;
  /** Puts a command beside az: the text of a script for sh. */
  command(name: string, text: string): void;
  without(name: string): void;
  close(): void;
}

const tools = ['bash', 'sh', 'dirname', 'mktemp', 'tr', 'cat', 'rm'];

export const openShell = (): Shell => {
  const folder = mkdtempSync(join(tmpdir(), 'az-'));
  const state = join(folder, 'tenant.json');
  const command = (name: string, text: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  for (const tool of tools) symlinkSync(pathOf(tool), join(folder, tool));
  command('az', `exec '${process.execPath}' '${resolve('test/infra/support/az/fakeAz.mjs')}' '${state}' "$@"`);
  return {
    run(script, args, tenant, variables = {}) {
      writeFileSync(state, JSON.stringify(tenant));
      const env = { PATH: folder, TMPDIR: tmpdir(), ...variables };
      const { status, stdout, stderr } = spawnSync('bash', [resolve(script), ...args], { env, encoding: 'utf8' });
      const after: Tenant = JSON.parse(readFileSync(state, 'utf8'));
      return { status, said: stdout, complained: stderr, tenant: after };
    },
    command,
    without: (name) => rmSync(join(folder, name)),
    close: () => rmSync(folder, { recursive: true }),
  };
};

const pathOf = (tool: string): string => {
  const folders = (environment().PATH ?? '').split(delimiter);
  const found = folders.map((each) => join(each, tool)).find(isThere);
  if (found === undefined) throw new Error(`${tool} is needed, and is not in the PATH`);
  return found;
};

const isThere = (path: string): boolean => {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
};
