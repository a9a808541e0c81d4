/** `Prefer: respond-async` (RFC 7240, section 4.1): in any case of letters, among other preferences, with parameters or without. */
export const prefersAsync = (prefer: string | null): boolean =>
  (prefer ?? '')
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .split(',')
    .some((preference) => /^\s*respond-async\s*(?:;.*)?$/i.test(preference));
