import { looksLikeJson } from '../../src/defender/body.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a body', () => {
  it.each([
    [true, 'application/json; odata.metadata=minimal', ' {"value":[]}\n'],
    [true, 'application/json', '[]'],
    [false, 'text/html', '{}'],
    [false, null, '{}'],
    [false, 'application/json', '<html></html>'],
    [false, 'application/json', '{"value":['],
    [false, 'application/json', ''],
  ])('is an answer of the API: %s, for %s and %j', (expected, type, text) => {
    expect(looksLikeJson(type, bytes(text))).toBe(expected);
  });
});
