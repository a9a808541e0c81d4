import * as fc from 'fast-check';
import type { Format, Item } from '../../../../src/enrichment/formats/format.ts';
import { law } from '../../../support/law.ts';
import { rules } from './alerts.ts';
import { anythingLike } from './anything.ts';

/** What holds for a format whatever comes. */
export const holdsFor = (format: Format): void => {
  it('makes alerts that can be used, or says where what is wrong, of anything at all', () => {
    law(
      fc.property(anythingLike(format.name), fc.constantFrom('', '[3].data'), (value, place) =>
        (format.read(value, place, rules) ?? []).every((item) => isSound(item, place)),
      ),
      2000,
    );
  });
};

const isSound = (item: Item, place: string): boolean => {
  if (item.kind !== 'alert') return item.place.startsWith(place) && item.message !== '';
  const { alertId, machineIds, raisedAt, product } = item.alert;
  return (
    /^\S{1,200}$/.test(alertId) &&
    machineIds.every((id) => /^[0-9a-f]{40}$/.test(id)) &&
    new Set(machineIds).size === machineIds.length &&
    (raisedAt === undefined || !Number.isNaN(Date.parse(raisedAt))) &&
    (product === undefined || product === 'other')
  );
};
