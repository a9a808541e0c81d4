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

  it('has one id, however often it is read', () => {
    const request = new HttpRequest({ method: 'GET', url: 'https://gateway.example/' });
    expect(readCaller(request).requestId).toBe(readCaller(request).requestId);
    expect(readCaller(request).requestId).not.toBe(from({}).requestId);
  });
});
