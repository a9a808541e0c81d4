import type { HostEvent, HostLog } from '../hostEvent.ts';

/** Writes a host's events for people: one line per call, and what functions log below it. */
export const eventLines = (print: (line: string) => void): HostLog => {
  const overHttp = new Set<string>();
  return (event) => {
    if (event.kind === 'ready') {
      for (const { name, address } of event.functions) if (address !== undefined) overHttp.add(name);
    }
    // The line of its request says all about a run over HTTP that went well.
    if (event.kind === 'invocation' && event.outcome === 'succeeded' && overHttp.has(event.functionName)) return;
    for (const line of linesOf(event)) print(line);
  };
};

const linesOf = (event: HostEvent): readonly string[] => {
  switch (event.kind) {
    case 'ready':
      return readyLines(event);
    case 'request':
      return [
        `${event.method} ${event.path}${optionsOf(event)} ${event.status} ${event.ms} ms${inParentheses(event.functionName)}`,
      ];
    case 'invocation':
      return [`${event.functionName} ${event.outcome} ${event.ms} ms${event.message ? `: ${event.message}` : ''}`];
    case 'log':
      return [`  ${event.level}${inParentheses(event.functionName)}: ${event.message}`];
    case 'workerStarted':
      return [`worker ${event.pid} started`];
    case 'workerExited':
      return [`worker ${event.pid} ended (${event.signal ?? `exit code ${event.code}`})`];
    case 'workerFailed':
      return [`the worker did not start again: ${event.message}`];
    case 'stopping':
      return ['stopping: waiting for what still runs'];
    case 'stopped':
      return ['stopped'];
  }
};

const readyLines = ({ url, functions, keys }: Extract<HostEvent, { kind: 'ready' }>): readonly string[] => {
  const width = Math.max(0, ...functions.map(({ name }) => name.length));
  return [
    `host: ${url}`,
    ...functions.map(({ name, trigger, address }) => `  ${name.padEnd(width)}  ${address ?? trigger}`),
    `  function key  ${keys.function}`,
    `  master key    ${keys.master}`,
  ];
};

const optionsOf = ({ options = [] }: Extract<HostEvent, { kind: 'request' }>) =>
  options.length > 0 ? `?${options.join('&')}` : '';

const inParentheses = (text: string | undefined) => (text === undefined ? '' : ` (${text})`);
