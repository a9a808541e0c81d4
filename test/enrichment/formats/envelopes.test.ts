import * as fc from 'fast-check';
import { opened } from '../../../src/enrichment/formats/envelopes.ts';
import { law } from '../../support/law.ts';
import { anythingLike } from './support/anything.ts';

const event = { specversion: '1.0', id: '1', type: 'alert', source: 'soar', data: { alertId: 'da1_2' } };

describe('an envelope', () => {
  it.each([
    ['an alert', { alertId: 'da1_2' }],
    ['a list of alerts', [{ alertId: 'da1_2' }]],
    ['an alert with a type of its own', { alertId: 'da1_2', eventType: 'x', type: 'y', source: 'z' }],
    ['an empty list', []],
    ['a text', 'specversion'],
    ['nothing', null],
  ])('is not seen around %s', (_, value) => {
    expect(opened({ value, headers: {} })).toBeUndefined();
  });

  it('may be one of each kind in a list', () => {
    const ofGrid = { id: '2', eventType: 'x', eventTime: '2026-11-21T09:14:30Z', data: { alertId: 'da3_4' } };
    expect(opened({ value: [event, ofGrid], headers: {} })).toMatchObject({
      items: [
        { value: { alertId: 'da1_2' }, place: '[0].data' },
        { value: { alertId: 'da3_4' }, place: '[1].data' },
      ],
    });
  });

  it.each(['eventGrid', 'cloudEvents'])('of anything at all is opened, or is none (%s)', (folder) => {
    const headers = fc.dictionary(
      fc.constantFrom('ce-specversion', 'ce-type', 'ce-subject', 'aeg-event-type'),
      fc.string(),
    );
    law(
      fc.property(anythingLike(folder), headers, (value, sent) => {
        const found = opened({ value, headers: sent });
        if (found?.kind !== 'items') return found === undefined || found.code !== '';
        const count = Array.isArray(value) ? value.length : 1;
        return found.items.length + found.ignored.length <= Math.max(count, 1);
      }),
      2000,
    );
  });
});
