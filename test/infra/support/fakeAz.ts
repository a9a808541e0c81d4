/** An `az` on the PATH of a script, which asks a tenant in memory; and an `azd`. Everything that is asked is noted. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { jmesPath } from './jmesPath.ts';

export interface Asked {
  readonly method: string;
  /** Behind the version, decoded. */
  readonly path: string;
  readonly body?: unknown;
}

/** What a tenant says: a value, or what az complains of. */
export type Said = { readonly value: unknown } | { readonly fault: string };

export interface AzOptions {
  readonly graph?: (asked: Asked) => Said;
  /** The cloud that az works in. */
  readonly cloud?: string;
  readonly isSignedIn?: boolean;
  /** What azd's environment holds; without, it has none. */
  readonly azd?: Record<string, string>;
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What was asked of Graph, in order. */
  readonly asked: readonly Asked[];
}

export const tenantId = '99999999-9999-4999-8999-999999999999';
const notSignedIn = "ERROR: Please run 'az login' to setup account.";

/** Runs a script of `infra/`. */
export const runScript = async (
  script: string,
  given: readonly string[],
  options: AzOptions = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> => {
  const asked: Asked[] = [];
  const server = createServer((socket) => {
    let sent = '';
    socket.setEncoding('utf8').on('error', () => {});
    socket.on('data', (piece) => {
      sent += piece;
      const [count, tool = '', ...words] = sent.split('\0').slice(0, -1);
      if (words.length + 1 !== Number(count)) return;
      const { status, out, err } = answered(() => (tool === 'azd' ? azd(words, options) : az(words, options, asked)));
      socket.end(`${status}\n${status === 0 ? out : err}`);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const folder = mkdtempSync(join(tmpdir(), 'az-'));
  const { port } = server.address() as AddressInfo;
  for (const tool of ['az', 'azd']) writeTool(join(folder, tool), tool, port);
  try {
    return {
      ...(await run(script, given, { ...environment, PATH: `${folder}:/usr/bin:/bin`, PAUSE_SECONDS: '0' })),
      asked,
    };
  } finally {
    rmSync(folder, { recursive: true });
    server.close();
  }
};

const run = async (script: string, given: readonly string[], env: Record<string, string>) => {
  const child = spawn('bash', [resolve('infra', script), ...given], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((end) => child.on('close', end));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, stdout, stderr };
};

/** It hands its words over, and says what comes back. A process of Node's would take a hundred times as long to start. */
const writeTool = (file: string, tool: string, port: number): void => {
  const code = `#!/usr/bin/env bash
exec 3<>/dev/tcp/127.0.0.1/${port}
printf '%s\\0' $(($# + 1)) ${tool} "$@" >&3
read -r status <&3
if [ "$status" = 0 ]; then cat <&3; else cat <&3 >&2; fi
exit "$status"
`;
  writeFileSync(file, code);
  chmodSync(file, 0o755);
};

/** What is wrong with a test is said where it can be seen. */
const answered = (answer: () => Printed): Printed => {
  try {
    return answer();
  } catch (fault) {
    return { status: 99, out: '', err: `${fault}\n` };
  }
};

interface Printed {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

const printed = (out: string): Printed => ({ status: 0, out, err: '' });
const failed = (err: string): Printed => ({ status: 1, out: '', err: `${err}\n` });

const az = (
  words: readonly string[],
  { graph, cloud = 'AzureCloud', isSignedIn = true }: AzOptions,
  asked: Asked[],
): Printed => {
  const option = (name: string) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
  const show = (value: unknown) =>
    printed(
      shown(option('--query') === undefined ? value : jmesPath(option('--query') ?? '', value), option('--output')),
    );
  if (words[0] === 'cloud') return show({ name: cloud });
  if (!isSignedIn) return failed(notSignedIn);
  if (words[0] === 'account') return show({ tenantId });
  if (words[0] !== 'rest' || !graph) throw new Error(`az ${words.join(' ')} is not expected`);
  const question = questionIn(words, option);
  asked.push(question);
  const said = graph(question);
  return 'fault' in said ? failed(said.fault) : show(said.value);
};

const questionIn = (words: readonly string[], option: (name: string) => string | undefined): Asked => {
  const [, path = ''] = /^https:\/\/[\w.-]+\/v1\.0\/(.*)$/.exec(option('--url') ?? '') ?? [];
  const first = words.indexOf('--url-parameters') + 1;
  const rest = words.slice(first, first === 0 ? 0 : undefined);
  const end = rest.findIndex((word) => word.startsWith('--'));
  const parameters = rest.slice(0, end < 0 ? undefined : end);
  const body = option('--body');
  return {
    method: option('--method') ?? 'get',
    path: decodeURIComponent(path) + (parameters.length > 0 ? `?${parameters.join('&')}` : ''),
    ...(body === undefined ? {} : { body: JSON.parse(body) }),
  };
};

/** As az prints: of a list each element in a line, of an element each value behind a tab. */
const shown = (value: unknown, output = 'json'): string => {
  if (output === 'none' || value === undefined) return '';
  if (output === 'json') return value === null ? '' : `${JSON.stringify(value, null, 2)}\n`;
  const line = (row: unknown) => (Array.isArray(row) ? row.map(cell).join('\t') : cell(row));
  if (value === null) return '';
  return Array.isArray(value)
    ? value.map((row) => `${line(row)}\n`).join('')
    : `${typeof value === 'boolean' ? value : line(value)}\n`;
};

const cell = (value: unknown): string => {
  if (value === null) return 'None';
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
};

const azd = (words: readonly string[], { azd: values }: AzOptions): Printed => {
  if (!values) return failed('ERROR: no project exists; to create a new project, run `azd init`');
  const [, verb, name = '', value = ''] = words;
  if (verb === 'set') values[name] = value;
  else if (values[name] === undefined) return failed(`ERROR: key '${name}' not found in the environment values`);
  return printed(verb === 'set' ? '' : `${values[name]}\n`);
};
