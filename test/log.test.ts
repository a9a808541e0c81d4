import { consoleLog, logLine, sharedLog, toldLine } from '../src/log.ts';
import { traceOf } from '../src/trace.ts';
import { tracing } from '../src/tracing.ts';

const trace = traceOf('request 1', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
const ids = 'requestId="request 1" traceId="0af7651916cd43dd8448eb211c80319c"';

describe('a line of the log', () => {
  it('is the message, the fields that have a value, and the ids of the request', () => {
    expect(logLine('It failed', { call: 'machine', times: 2, isLast: false, nothing: undefined }, trace)).toBe(
      `It failed call="machine" times=2 isLast=false ${ids}`,
    );
    expect(logLine('It failed')).toBe('It failed');
  });

  it('names a request once, and that is the one it belongs to', () => {
    expect(logLine('It failed', { requestId: 'another' }, trace)).toBe(`It failed ${ids}`);
  });

  it('holds no secret, in the message or in a field', () => {
    expect(logLine('GET /?code=abc', { said: '{"client_secret":"abc"}' }, trace)).toBe(
      `GET /?code=… said="{\\"client_secret\\":…}" ${ids}`,
    );
  });

  it('that is written already gets the ids of its request, unless it has them', () => {
    expect(toldLine('GET /?code=abc', trace)).toBe(`GET /?code=… ${ids}`);
    expect(toldLine(`It failed ${ids}`, trace)).toBe(`It failed ${ids}`);
    expect(toldLine('It failed', undefined)).toBe('It failed');
  });
});

describe('the log of the process', () => {
  const printed = (write: () => void): readonly unknown[] => {
    const spies = (['info', 'warn', 'error'] as const).map((level) => jest.spyOn(console, level).mockReturnValue());
    write();
    const lines = spies.flatMap(({ mock }) => mock.calls.flat());
    for (const spy of spies) spy.mockRestore();
    return lines;
  };

  it('says of each line which request it belongs to', () => {
    const lines = printed(() =>
      tracing.within(trace, () => {
        consoleLog.info('one');
        consoleLog.warn('two', { a: 1 });
        consoleLog.error('three');
      }),
    );
    expect(lines).toEqual([`one ${ids}`, `two a=1 ${ids}`, `three ${ids}`]);
  });

  it('says so of no line that is for all requests together', () => {
    expect(printed(() => tracing.within(trace, () => sharedLog.warn('the quota is closed', { a: 1 })))).toEqual([
      'the quota is closed a=1',
    ]);
  });
});
