import * as fc from 'fast-check';
import { mostIdLength } from '../../../src/enrichment/alertId.ts';
import { alertEvent, alertEventText } from '../../../src/enrichment/out/alertEvent.ts';
import { claimOf, fitting } from '../../../src/enrichment/out/claim.ts';
import { mostMessageBytes, sizeOf } from '../../../src/storage/messageSize.ts';
import { law } from '../../support/law.ts';
import { finished, longer } from './support/finished.ts';

describe('an event that must fit', () => {
  const short = sizeOf(alertEventText(alertEvent(longer(0))));

  it('goes whole to the last byte, and as a claim with a byte more', () => {
    const event = alertEvent(longer(mostMessageBytes - short));
    expect(fitting(event, mostMessageBytes)).toBe(alertEventText(event));
    const over = alertEvent(longer(mostMessageBytes - short + 1));
    expect(fitting(over, mostMessageBytes)).toBe(alertEventText(claimOf(over)));
  });

  it('has the attributes of the event as a claim, and the link in place of its data', () => {
    const { data, ...attributes } = alertEvent(finished());
    expect(claimOf(alertEvent(finished()))).toEqual({ ...attributes, dataref: data?.link });
  });

  it('stays the claim that it is', () => {
    const claim = claimOf(alertEvent(finished()));
    expect(claimOf(claim)).toEqual(claim);
  });

  it('fits as a claim into 8 KiB, whatever the id', () => {
    const ids = fc.string({ unit: 'binary', minLength: 1, maxLength: mostIdLength });
    law(
      fc.property(ids, (id) => {
        const [key, alertId] = [id.toLowerCase(), id].map((text) => text.slice(0, mostIdLength));
        const record = { ...finished().record, key: key ?? '', alertId: alertId ?? '' };
        const link = `https://gateway.example/gateway/alerts/${encodeURIComponent(id.replace(/\p{Surrogate}/gu, '?'))}`;
        expect(sizeOf(fitting({ ...alertEvent({ ...longer(9000), record, link }) }, 8192))).toBeLessThanOrEqual(8192);
      }),
      300,
    );
  });
});
