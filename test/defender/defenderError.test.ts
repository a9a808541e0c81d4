import { readDefenderError, secondsToStayAway } from '../../src/defender/defenderError.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const now = Date.parse('2026-11-21T10:00:00Z');
const message = (text: string) => ({ code: '429', message: text });

describe('the error of Defender', () => {
  it('is read from the captured 429 body', () => {
    const body = bytes(
      '{"error":{"code":"429","message":"API calls quota exceeded! Maximum allowed 30 per 00:01:00 for the key Destination+TenantID+AppID. You can send requests again in 8 seconds.","target":"TENANT_ID"}}',
    );
    expect(readDefenderError(body)).toMatchObject({ code: '429', message: expect.stringContaining('quota exceeded') });
  });

  it.each(['', '<html>', '[]', '{}', '{"error":"no"}', '{"error":null}', 'null'])('is none in %j', (text) => {
    expect(readDefenderError(bytes(text))).toBeUndefined();
  });

  it('may lack everything', () => {
    expect(readDefenderError(bytes('{"error":{}}'))).toEqual({});
  });
});

describe('how long a 429 asks to wait', () => {
  it.each([
    ['the header in seconds', '17', message('again in 8 seconds'), 17],
    ['the header as a date', 'Sat, 21 Nov 2026 10:00:30 GMT', undefined, 30],
    ['the message, without a header', null, message('You can send requests again in 8 seconds.'), 8],
    ['the message, where the header is nonsense', 'soon', message('again in 9 seconds'), 9],
    ['a minute, where neither says', null, message('API calls quota exceeded! maximum allowed 45 per 00:01:00'), 60],
    ['a minute, without a body', null, undefined, 60],
    ['a second at least', '0', undefined, 1],
    ['a second at least, for a date gone by', 'Sat, 21 Nov 2026 09:00:00 GMT', undefined, 1],
    ['an hour at most', '86400', undefined, 3600],
  ])('is %s', (_, header, error, seconds) => {
    expect(secondsToStayAway(header, error, now)).toBe(seconds);
  });
});
