import { HttpRequest } from '@azure/functions';
import { callerHeaders, readCaller } from '../../src/http/caller.ts';

const from = (headers: Record<string, string>) =>
  readCaller(new HttpRequest({ method: 'GET', url: 'https://gateway.example/', headers }));

describe('a caller', () => {
  it('is answered under its own request id', () => {
    expect(callerHeaders(from({ 'x-request-id': 'run-42' }))).toEqual({ 'x-request-id': 'run-42' });
  });

  it.each(['', 'two words', 'x'.repeat(129)])('whose request id is %j is given one of ours', (id) => {
    expect(from({ 'x-request-id': id }).requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('hands its trace on, and only if it is one', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(from({ traceparent }).traceparent).toBe(traceparent);
    expect(from({ traceparent: '00-x' }).traceparent).toBeUndefined();
  });
});
