import { LogHookContext, type LogHookHandler } from '@azure/functions';
import { hookLogs } from '../../src/functions/logHook.ts';
import { traceOf } from '../../src/trace.ts';
import { tracing } from '../../src/tracing.ts';

const trace = traceOf('a', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');

/** What becomes of a line of the log, within a request. */
const written = (message: string, category: 'user' | 'system'): string => {
  const handlers: LogHookHandler[] = [];
  hookLogs({ log: (handler) => handlers.push(handler) });
  const line = new LogHookContext({ message, category });
  tracing.within(trace, () => {
    for (const handler of handlers) handler(line);
  });
  return line.message;
};

describe('a line that a function logs', () => {
  it('goes out without secrets, and with the ids of its request', () => {
    expect(written("it failed { fault: 'GET https://a/?code=abc' }", 'user')).toBe(
      `it failed { fault: 'GET https://a/?code=…' } requestId="a" traceId="0af7651916cd43dd8448eb211c80319c"`,
    );
  });

  it('of the platform itself is left as it is', () => {
    expect(written('Worker 1 started', 'system')).toBe('Worker 1 started');
  });

  it('goes out as it was written where the host is too old for hooks', () => {
    const refuse = () => {
      throw new RangeError('Unrecognized hook "log"');
    };
    expect(() => hookLogs({ log: refuse })).not.toThrow();
  });
});
