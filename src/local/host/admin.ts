/** The host's own addresses under `/admin`: its state, its keys, and a way to run a function whatever triggers it. */
import { type Answer, bare, jsonAnswer } from './http/answer.ts';
import type { Handler } from './http/front.ts';
import { readBody } from './http/requestBody.ts';
import { keyLevel, refusal } from './keys/access.ts';
import type { HostKeys } from './keys/hostKeys.ts';

export interface AdminOptions {
  readonly hostId: string;
  readonly keys: HostKeys;
  /** Milliseconds since the host started. */
  readonly uptime: () => number;
  readonly functionNames: readonly string[];
  /** Runs a function as its trigger would; `input` is what the caller gave. */
  readonly fire: (functionName: string, input: unknown) => Promise<unknown>;
}

const bodyLimit = 1_048_576;

/** Answers under `/admin`: all but `ping` asks for the master key. */
export const adminHandler = (options: AdminOptions): Handler => {
  return async (request, { path, query }) => {
    const [area = '', ...rest] = path.toLowerCase().replace(/\/$/, '').split('/').slice(2);
    if (area === 'host' && rest.join('/') === 'ping') return { answer: bare(200) };
    const refused = refusal(keyLevel(options.keys, request, query), 'admin');
    if (refused) return { answer: bare(refused) };
    if (request.method === 'GET' && area === 'host') return { answer: hostAnswer(options, rest) };
    if (request.method !== 'POST' || area !== 'functions' || rest.length !== 1) return { answer: bare(404) };
    const body = await readBody(request, bodyLimit);
    return { answer: body.kind === 'read' ? fire(options, rest[0] ?? '', body.bytes.toString()) : bare(400) };
  };
};

const hostAnswer = ({ hostId, keys, uptime }: AdminOptions, [what = '', name]: readonly string[]): Answer => {
  if (what === 'status' && name === undefined) {
    return jsonAnswer(200, { id: hostId, state: 'Running', version: '4.1056.100.0', processUptime: uptime() });
  }
  const found = keysOfKind(keys, what);
  if (!found) return bare(404);
  if (name === undefined) return jsonAnswer(200, { keys: found });
  const one = [...found, ...(what === 'systemkeys' ? [{ name: '_master', value: keys.master }] : [])].find(
    (key) => key.name === name,
  );
  return one ? jsonAnswer(200, one) : bare(404);
};

const keysOfKind = (keys: HostKeys, kind: string) => {
  if (kind === 'systemkeys') return [{ name: 'eventgrid_extension', value: keys.eventGrid }];
  if (kind === 'functionkeys' || kind === 'keys') return [{ name: 'default', value: keys.function }];
  return undefined;
};

/** Answers at once; the function runs on its own. */
const fire = ({ functionNames, fire: run }: AdminOptions, name: string, body: string): Answer => {
  const input = inputOf(body);
  if (!input) return bare(400);
  const functionName = functionNames.find((known) => known.toLowerCase() === name);
  if (functionName === undefined) return bare(404);
  void run(functionName, input.value);
  return bare(202);
};

/** `{"input": …}`, as the portal sends it. */
const inputOf = (body: string): { value: unknown } | undefined => {
  try {
    const parsed = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? { value: parsed.input } : undefined;
  } catch {
    return undefined;
  }
};
