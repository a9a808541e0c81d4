import { instantText, lastInstant, unsetInstant } from '../../../../src/local/host/triggers/instantText.ts';

describe('an instant in the JSON of the host', () => {
  it.each([
    [Date.UTC(2026, 10, 21, 10, 15), '2026-11-21T10:15:00+00:00'],
    [Date.UTC(2026, 10, 21, 10, 15, 30, 120), '2026-11-21T10:15:30.12+00:00'],
    [Date.UTC(2026, 10, 21, 10, 15, 0, 5), '2026-11-21T10:15:00.005+00:00'],
    [unsetInstant, '0001-01-01T00:00:00+00:00'],
    [lastInstant, '9999-12-31T23:59:59.999+00:00'],
  ])('%d reads %s, and back', (milliseconds, text) => {
    expect(instantText(milliseconds)).toBe(text);
    expect(Date.parse(text)).toBe(milliseconds);
  });
});
