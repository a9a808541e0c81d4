/** The name of a run: the instant at which it began, to the second, such as `20261121T190000Z`. Names sort as their instants do. */
export type RunId = string;

const form = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** @param at milliseconds since 1970 */
export const runIdAt = (at: number): RunId => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

/** Milliseconds since 1970; undefined where the text is no name of a run. */
export const instantOfRun = (id: string): number | undefined => {
  const parts = form.exec(id);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(instant) || runIdAt(instant) !== id ? undefined : instant;
};

/** The instant at which a run began, as text: `2026-11-21T19:00:00Z`. */
export const startOf = (id: RunId): string =>
  id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
