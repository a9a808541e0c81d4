import type { Answer } from '../../src/defender/answer.ts';
import { respond } from '../../src/http/respond.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const json = { 'content-type': 'application/json; odata.metadata=minimal' };
const answered = (status: number, text: string, headers: Record<string, string> = json, more: object = {}): Answer => ({
  kind: 'answered',
  status,
  headers,
  body: bytes(text),
  ...more,
});
const errorOf = (body: string | Uint8Array) =>
  JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body)).error;

describe('the response', () => {
  it('is Defender’s own, to the byte, with what it says about itself', () => {
    const body = bytes('{"value":[]}');
    const answer = { ...answered(200, ''), body } as Answer;
    expect(respond(answer, 'r')).toEqual({
      status: 200,
      headers: json,
      body,
    });
    expect(respond(answer, 'r').body).toBe(body);
  });

  it('says what Defender was asked for, where that may be another thing', () => {
    const { headers } = respond(answered(200, '{}', json, { askedFor: '/api/users/user1/machines' }), 'r');
    expect(headers['content-location']).toBe('/api/users/user1/machines');
  });

  it('carries a warning where there is one', () => {
    expect(respond(answered(200, '{}', json, { warning: 'cut' }), 'r').headers['x-gateway-warning']).toBe('cut');
  });

  it('passes on an error that Defender documents', () => {
    const said = '{"error":{"code":"ResourceNotFound","message":"Machine 1 was not found"}}';
    expect(respond(answered(404, said), 'r')).toMatchObject({ status: 404, body: bytes(said) });
  });

  it('puts an error page into the envelope, and keeps its status and its wait', () => {
    const { status, headers, body } = respond(
      answered(503, '<html>', { 'content-type': 'text/html', 'retry-after': '7' }),
      'r',
    );
    expect(status).toBe(503);
    expect(headers).toMatchObject({ 'retry-after': '7', 'content-type': expect.stringContaining('json') });
    expect(errorOf(body)).toMatchObject({
      code: 'ServiceUnavailable',
      message: expect.stringContaining('text/html'),
      target: 'r',
    });
  });

  it.each([
    [{ kind: 'throttled', retryAfterSeconds: 40, message: 'Wait 40 s' } as const, 429, 'TooManyRequests', '40'],
    [{ kind: 'closed', retryAfterSeconds: 9, reason: 'the ledger is gone' } as const, 503, 'ServiceUnavailable', '9'],
    [{ kind: 'unreachable', reason: 'the connection failed' } as const, 502, 'BadGateway', undefined],
    [{ kind: 'late', reason: 'Defender did not answer in time' } as const, 504, 'GatewayTimeout', undefined],
    [{ kind: 'notCached' } as const, 504, 'GatewayTimeout', undefined],
  ])('to %j is an error in the envelope', (answer, status, code, retryAfter) => {
    const response = respond(answer, 'r');
    expect(response.status).toBe(status);
    expect(response.headers['retry-after']).toBe(retryAfter);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(errorOf(response.body)).toMatchObject({ code, target: 'r', message: expect.any(String) });
  });

  it('where nothing was kept and nothing might be asked says what would help', () => {
    const { message } = errorOf(respond({ kind: 'notCached' }, 'r').body);
    expect(message).toContain('Without only-if-cached');
    expect(message).toContain('max-stale=N');
  });
});
