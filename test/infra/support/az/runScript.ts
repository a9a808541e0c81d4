/** Runs a script of `infra/` in a shell where az and azd are stand-ins, beside the few tools that the scripts may use. */
import { spawn } from 'node:child_process';
import { accessSync, chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { environment } from '../../../../src/settings.ts';
import { type Asked, type AzOptions, az, azd, type Notes, type Printed } from './fakeAz.ts';

export interface ScriptOptions extends AzOptions {
  /** Which of the two is not installed. */
  readonly without?: 'az' | 'azd' | undefined;
  readonly variables?: Readonly<Record<string, string>>;
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What was asked of Graph, in order. */
  readonly asked: readonly Asked[];
  /** The arguments that az was called with, in order. */
  readonly calls: readonly string[];
}

/** All of it is on a Mac and in Git's bash, too. */
const tools = ['awk', 'bash', 'cat', 'cut', 'dirname', 'grep', 'mktemp', 'paste', 'rm', 'sed', 'sleep', 'sort', 'tr'];

export const runScript = async (
  script: string,
  given: readonly string[],
  { without, variables = {}, ...options }: ScriptOptions = {},
): Promise<Ran> => {
  const notes: Notes = { asked: [], calls: [] };
  const server = answering((tool, words) => (tool === 'azd' ? azd(words, options) : az(words, options, notes)));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const folder = mkdtempSync(join(tmpdir(), 'az-'));
  const { port } = server.address() as AddressInfo;
  for (const tool of tools) symlinkSync(pathOf(tool), join(folder, tool));
  for (const tool of ['az', 'azd']) if (tool !== without) writeTool(join(folder, tool), tool, port);
  try {
    const env = { PATH: folder, TMPDIR: tmpdir(), PAUSE_SECONDS: '0', ...variables };
    return { ...(await run(script, given, env)), ...notes };
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

const answering = (answer: (tool: string, words: readonly string[]) => Printed) =>
  createServer((socket) => {
    let sent = '';
    socket.setEncoding('utf8').on('error', () => {});
    socket.on('data', (piece) => {
      sent += piece;
      const [count, tool = '', ...words] = sent.split('\0').slice(0, -1);
      if (words.length + 1 !== Number(count)) return;
      const { status, out, err } = orFault(() => answer(tool, words));
      socket.end(`${status}\n${status === 0 ? out : err}`);
    });
  });

/** What is wrong with a test is said where it can be seen. */
const orFault = (answer: () => Printed): Printed => {
  try {
    return answer();
  } catch (fault) {
    return { status: 99, out: '', err: `${fault}\n` };
  }
};

/** It hands its words over, and says what comes back. A process of Node's would take a hundred times as long to start. */
const writeTool = (file: string, tool: string, port: number): void => {
  const code = `#!${pathOf('bash')}
exec 3<>/dev/tcp/127.0.0.1/${port}
printf '%s\\0' $(($# + 1)) ${tool} "$@" >&3
read -r status <&3
if [ "$status" = 0 ]; then cat <&3; else cat <&3 >&2; fi
exit "$status"
`;
  writeFileSync(file, code);
  chmodSync(file, 0o755);
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
