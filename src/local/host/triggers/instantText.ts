/** What .NET has for an instant that was never set: 1 January of the year 1. Milliseconds since 1970. */
export const unsetInstant = Date.parse('0001-01-01T00:00:00Z');

/** What .NET has for an instant that never comes: the end of the year 9999. */
export const lastInstant = Date.parse('9999-12-31T23:59:59.999Z');

/** An instant as the host writes it in JSON, in UTC: `2026-11-21T10:15:00+00:00`, with as many decimals as it takes. */
export const instantText = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/\.?0*Z$/, '+00:00');
