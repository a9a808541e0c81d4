import { answerFormat } from '../../src/http/answerFormat.ts';

describe('the format of an answer', () => {
  it.each([
    [null, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['application/json;odata.metadata=none', 'json'],
    ['application/json, text/plain, */*', 'json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'json'],
    ['text/csv', 'csv'],
    ['Text/CSV; header=present', 'csv'],
    ['text/*', 'csv'],
    ['text/csv, */*', 'csv'],
    ['text/csv, application/json', 'json'],
    ['text/csv;q=0.5, application/json;q=0.4', 'csv'],
    ['application/*;q=0.2, */*;q=0.1', 'json'],
    ['*/*, application/json;q=0', 'csv'],
  ])('is for Accept: %s %s', (accept, format) => {
    expect(answerFormat(accept, undefined)).toBe(format);
  });

  it.each([
    ['text/html'],
    ['application/xml, image/*'],
    ['application/json;q=0'],
    ['text/csv;q=0.0, application/json;q=2'],
  ])('is none where Accept is only %s', (accept) => {
    expect(answerFormat(accept, undefined)).toBeUndefined();
  });

  it.each([
    ['csv', 'csv'],
    ['text/csv', 'csv'],
    ['JSON', 'json'],
    ['application/json;odata.metadata=full', 'json'],
    ['xml', undefined],
    ['constructor', undefined],
  ])('is for $format=%s %s, whatever is accepted', (format, expected) => {
    expect(answerFormat('application/json', format)).toBe(expected);
  });
});
