/** What az and azd say to their arguments. Lines end as on Windows. */
import { jmesPath } from './jmesPath.ts';

export interface Asked {
  readonly method: string;
  /** Behind the version, decoded. */
  readonly path: string;
  readonly body?: unknown;
}

/** What a tenant says: a value, or what az complains of. */
export type Said = { readonly value: unknown } | { readonly fault: string };

export interface FunctionApp {
  readonly name: string;
  readonly group: string;
  readonly clientId?: string;
  readonly principalId?: string;
}

export interface AzOptions {
  readonly graph?: (asked: Asked) => Said;
  readonly apps?: readonly FunctionApp[];
  /** The cloud that az works in. */
  readonly cloud?: keyof typeof graphHosts;
  readonly isSignedIn?: boolean;
  /** What az complains of where its arguments hold this. */
  readonly fault?: { readonly on: string; readonly says: string };
  /** What azd's environment holds; without, it has none. */
  readonly azd?: Record<string, string>;
}

export interface Notes {
  readonly asked: Asked[];
  readonly calls: string[];
}

export interface Printed {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export const tenantId = '99999999-9999-4999-8999-999999999999';
const graphHosts = {
  AzureCloud: ['graph.microsoft.com'],
  AzureUSGovernment: ['graph.microsoft.us', 'dod-graph.microsoft.us'],
};

const printed = (out: string): Printed => ({ status: 0, out: out.replaceAll('\n', '\r\n'), err: '' });
const failed = (says: string): Printed => ({ status: 1, out: '', err: `ERROR: ${says}\r\n` });

export const az = (words: readonly string[], options: AzOptions, { asked, calls }: Notes): Printed => {
  calls.push(words.join(' '));
  const option = (name: string) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
  const said = sayingsOf(words, option, options, asked);
  if ('fault' in said) return failed(said.fault);
  const query = option('--query');
  return printed(shown(query === undefined ? said.value : jmesPath(query, said.value), option('--output')));
};

type Option = (name: string) => string | undefined;

const sayingsOf = (words: readonly string[], option: Option, options: AzOptions, asked: Asked[]): Said => {
  const { cloud = 'AzureCloud', isSignedIn = true, fault, apps = [] } = options;
  if (fault && words.join(' ').includes(fault.on)) return { fault: fault.says };
  const named = apps.filter(({ name }) => name === option('--name'));
  const here = named.find(({ group }) => group === option('--resource-group'));
  const command = words.slice(0, words[0] === 'rest' ? 1 : 2).join(' ');
  if (command === 'cloud show') return { value: { name: cloud } };
  if (!isSignedIn) return { fault: "Please run 'az login' to setup account." };
  switch (command) {
    case 'account show':
      return { value: { tenantId } };
    case 'resource list':
      return { value: named.map(({ group }) => ({ resourceGroup: group })) };
    case 'functionapp config':
      return here ? { value: settingsOf(here) } : { fault: '(ResourceNotFound) The Resource was not found.' };
    case 'functionapp identity':
      return { value: { principalId: here?.principalId ?? null } };
    case 'rest':
      return ofGraph(questionIn(words, option), option, options, asked);
    default:
      throw new Error(`az ${words.join(' ')} is not expected`);
  }
};

const ofGraph = (question: Asked, option: Option, { graph, cloud = 'AzureCloud' }: AzOptions, asked: Asked[]): Said => {
  const { host, origin } = new URL(option('--url') ?? '');
  if (!graph || !graphHosts[cloud].includes(host) || option('--resource') !== `${origin}/`)
    return { fault: `no token for ${host}` };
  asked.push(question);
  return graph(question);
};

const settingsOf = ({ clientId }: FunctionApp) =>
  clientId === undefined ? [] : [{ name: 'AZURE_CLIENT_ID', value: clientId }];

const questionIn = (words: readonly string[], option: Option): Asked => {
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
  if (output === 'none' || value === undefined || value === null) return '';
  if (output === 'json') return `${JSON.stringify(value, null, 2)}\n`;
  const line = (row: unknown) => (Array.isArray(row) ? row.map(cell).join('\t') : cell(row));
  return Array.isArray(value)
    ? value.map((row) => `${line(row)}\n`).join('')
    : `${typeof value === 'boolean' ? value : line(value)}\n`;
};

const cell = (value: unknown): string => {
  if (value === null) return 'None';
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
};

export const azd = (words: readonly string[], { azd: values }: AzOptions): Printed => {
  const [what, verb, name = '', value = ''] = words;
  if (what !== 'env' || (verb !== 'set' && verb !== 'get-value')) throw new Error(`azd ${words.join(' ')}?`);
  if (!values) return failed('no project exists; to create a new project, run `azd init`');
  if (verb === 'set') values[name] = value;
  else if (values[name] === undefined) return failed(`key '${name}' not found in the environment values`);
  return printed(verb === 'set' ? '' : `${values[name]}\n`);
};
