import type { Format, Item, ReadAlert } from '../../../../src/enrichment/formats/format.ts';

export const rules = { clientStates: ['an older one', 'a secret of ours'] };

export const read = ({ read }: Format, value: unknown): readonly Item[] | undefined => read(value, '', rules);

/** Alerts, where all items are. */
export const alertsOf = (format: Format, value: unknown): readonly ReadAlert[] =>
  (read(format, value) ?? []).map((item) => {
    if (item.kind !== 'alert') throw new Error(`${item.place}: ${item.message}`);
    return item.alert;
  });
