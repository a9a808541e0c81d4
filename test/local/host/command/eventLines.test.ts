import { eventLines } from '../../../../src/local/host/command/eventLines.ts';
import type { HostEvent } from '../../../../src/local/host/hostEvent.ts';

const written = (...events: readonly HostEvent[]): readonly string[] => {
  const lines: string[] = [];
  const log = eventLines((line) => lines.push(line));
  for (const event of events) log(event);
  return lines;
};

const ready: HostEvent = {
  kind: 'ready',
  url: 'http://127.0.0.1:7071',
  functions: [
    { name: 'machines', trigger: 'httpTrigger', address: 'GET http://127.0.0.1:7071/api/machines' },
    { name: 'nightly', trigger: 'timerTrigger' },
  ],
  keys: { master: 'M', function: 'F', eventGrid: 'E' },
};

const run = (functionName: string, outcome: 'succeeded' | 'failed' | 'timedOut', message?: string): HostEvent => ({
  kind: 'invocation',
  functionName,
  invocationId: 'i',
  outcome,
  ms: 5,
  ...(message === undefined ? {} : { message }),
});

describe('the lines of a host', () => {
  it('begin with its address, its functions and the keys to call them with', () => {
    expect(written(ready)).toEqual([
      'host: http://127.0.0.1:7071',
      '  machines  GET http://127.0.0.1:7071/api/machines',
      '  nightly   timerTrigger',
      '  function key  F',
      '  master key    M',
    ]);
  });

  it('are one for each call over HTTP that went well, and tell why another did not', () => {
    const request: HostEvent = {
      kind: 'request',
      method: 'GET',
      path: '/x',
      status: 200,
      ms: 7,
      functionName: 'machines',
    };
    const lines = written(ready, run('machines', 'succeeded'), request, run('machines', 'failed', 'the reason'));
    expect(lines.slice(5)).toEqual(['GET /x 200 7 ms (machines)', 'machines failed 5 ms: the reason']);
  });

  it('are one for each run that nothing over HTTP asked for', () => {
    const lines = written(ready, run('nightly', 'succeeded'), run('nightly', 'timedOut'));
    expect(lines.slice(5)).toEqual(['nightly succeeded 5 ms', 'nightly timedOut 5 ms']);
  });

  it('indent what functions log', () => {
    const said: HostEvent = {
      kind: 'log',
      level: 'warning',
      category: 'user',
      message: 'late',
      functionName: 'nightly',
    };
    expect(written(said)).toEqual(['  warning (nightly): late']);
  });

  it('tell of the worker', () => {
    expect(
      written(
        { kind: 'workerStarted', pid: 1 },
        { kind: 'workerExited', pid: 1, code: 1, signal: null },
        { kind: 'workerExited', pid: 2, code: null, signal: 'SIGKILL' },
        { kind: 'workerFailed', message: 'no such file' },
      ),
    ).toEqual([
      'worker 1 started',
      'worker 1 ended (exit code 1)',
      'worker 2 ended (SIGKILL)',
      'the worker did not start again: no such file',
    ]);
  });
});
