/** Instants as events write them. */
import { textOf } from './members.ts';

const written = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|[+-]\d\d:?\d\d)?$/i;

/** The first that is an instant, as ISO 8601 with all its decimals, nine at most; one without a zone is meant in UTC. */
export const firstInstant = (values: readonly unknown[]): string | undefined =>
  values.map(instant).find((one) => one !== undefined);

const instant = (value: unknown): string | undefined => {
  const [, date, time, zone = 'Z'] = written.exec(textOf(value) ?? '') ?? [];
  const text = `${date}T${time}${zone.toUpperCase()}`;
  return Number.isNaN(Date.parse(text)) ? undefined : text;
};
