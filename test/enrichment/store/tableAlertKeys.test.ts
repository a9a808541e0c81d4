import * as fc from 'fast-check';
import { mostIdLength } from '../../../src/enrichment/alertId.ts';
import {
  deliveryKey,
  markerKey,
  nameOf,
  resultKey,
  undeliveredKey,
} from '../../../src/enrichment/store/tableAlertKeys.ts';
import { law } from '../../support/law.ts';
import { ended, waiting } from './support/alerts.ts';

const anyKey = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: mostIdLength }),
  fc.string({ unit: fc.constantFrom('#', '/', 'a', '🙂'), minLength: 100, maxLength: mostIdLength }),
);

const rowKeys = (key: string): readonly string[] => {
  const id = { key, sequence: Number.MAX_SAFE_INTEGER, channel: 'eventGrid' } as const;
  const record = waiting('a', { key, due: Number.MAX_VALUE });
  return [
    resultKey(key, id.sequence),
    deliveryKey(id),
    undeliveredKey(id),
    markerKey(record),
    markerKey(ended(record)),
  ];
};

describe('keys of the rows of alerts', () => {
  it('are taken by the table service, whatever the id', () => {
    law(
      fc.property(anyKey, (key) => {
        for (const rowKey of rowKeys(key)) expect(rowKey).toMatch(/^[0-9A-Za-z!:_~.|]{1,400}$/);
      }),
    );
  });

  it('tell alerts apart', () => {
    law(fc.property(anyKey, anyKey, (a, b) => expect(nameOf(a) === nameOf(b)).toBe(a === b)));
    expect(nameOf(`${'#'.repeat(199)}1`)).not.toBe(nameOf(`${'#'.repeat(199)}2`));
  });

  it('leave digits and letters as they are', () => {
    expect(resultKey('636688558380765161_2136280442', 2)).toBe('r|636688558380765161_5f2136280442|0000000002');
    expect(markerKey(waiting('b', { due: 1_795_000_000_000 }))).toBe('w|0001795000000000|b');
  });

  it('sort what waits by when it is due, and what ended by when', () => {
    const due = fc.oneof(fc.nat(), fc.maxSafeNat());
    law(
      fc.property(due, due, (a, b) => {
        const [first, second] = [a, b].map((at) => markerKey(waiting('x', { due: at })));
        expect(String(first) < String(second)).toBe(a < b);
      }),
    );
    const endedAt = (finishedAt: string | undefined) => markerKey(ended(waiting('x'), { finishedAt }));
    const instants = ['1960-01-01T00:00:00Z', '2026-11-21T10:00:00Z', '2026-11-21T10:00:00.001Z', undefined];
    const keys = instants.map(endedAt);
    expect([...keys].sort()).toEqual(keys);
  });

  it('keep what failed apart from what else ended', () => {
    expect(markerKey(ended(waiting('x'), { state: 'failed' }))).toMatch(/^f\|/);
    expect(markerKey(ended(waiting('x'), { state: 'noMachine' }))).toMatch(/^e\|/);
  });
});
