import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { alertEvent, alertEventText, eventIdOf, readAlertEvent } from '../../../src/enrichment/out/alertEvent.ts';
import { claimOf } from '../../../src/enrichment/out/claim.ts';
import { law } from '../../support/law.ts';
import { alertId, finished } from './support/finished.ts';

describe('the event of an alert', () => {
  it('is as docs/alert-events.md shows it, and its claim, to the order of the members', () => {
    const text = readFileSync('docs/alert-events.md', 'utf8');
    const examples = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json));
    const event = alertEvent(finished());
    expect(examples.slice(0, 2).map((one) => JSON.stringify(one))).toEqual(
      [event, claimOf(event)].map((one) => JSON.stringify(one)),
    );
  });

  it('has no member that docs/alert-events.md does not explain', () => {
    const text = readFileSync('docs/alert-events.md', 'utf8');
    const { data, ...attributes } = alertEvent(finished({ state: 'failed', reason: 'why' }));
    const [machine = {}] = alertEvent(finished()).data?.machines ?? [];
    const explained = [...text.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    const standard = ['specversion', 'datacontenttype'];
    expect([...explained, ...standard]).toEqual(expect.arrayContaining(Object.keys(attributes)));
    expect(explained).toEqual(expect.arrayContaining(Object.keys(data ?? {})));
    expect(explained).toEqual(expect.arrayContaining(Object.keys(machine).map((name) => `machines[].${name}`)));
  });

  it.each(['noMachine', 'notDefender', 'failed'] as const)('says of %s that it is not enriched, and why', (state) => {
    const event = alertEvent(finished({ state, reason: 'Defender knows no such alert', machines: [] }));
    expect(event).toMatchObject({
      type: 'defender.gateway.alert.notEnriched.v1',
      subject: alertId,
      alertstate: state,
      data: { state, reason: 'Defender knows no such alert', machines: [] },
    });
  });

  it('leaves out what is not known', () => {
    const { raisedAt: _, ...record } = finished().record;
    const { data } = alertEvent(finished({ record }));
    expect(data).not.toHaveProperty('raisedAt');
    expect(data).not.toHaveProperty('reason');
  });

  it('tells an alert that is broken JSON as a text', () => {
    expect(alertEvent(finished({ original: '{"id":' })).data?.alert).toBe('{"id":');
  });

  it('has an id and a sequence of its own for a result made anew', () => {
    const again = alertEvent(finished({ record: { ...finished().record, sequence: 12 } }));
    expect(again).toMatchObject({ id: '637308392288907382_-880718168~12', sequence: '0000000012' });
  });

  it('is the same text after it was read and written again, whatever the alert holds', () => {
    law(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (original) => {
        const text = alertEventText(alertEvent(finished({ original })));
        const read = readAlertEvent(text);
        expect(read && alertEventText(read)).toBe(text);
      }),
    );
  });

  it('is not read from a text that was cut off', () => {
    const text = alertEventText(alertEvent(finished()));
    law(
      fc.property(fc.nat(text.length - 1), (length) => {
        expect(readAlertEvent(text.slice(0, length))).toBeUndefined();
      }),
      100,
    );
  });
});

describe('the id of an event', () => {
  const keys = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(...'a1.~%-_/\\#?') }),
  );
  const sequences = fc.integer({ min: 1, max: 2_147_483_647 });

  it('has nothing that a header, a path, or what webhooks sign would take for something else', () => {
    law(
      fc.property(keys, sequences, (key, sequence) => {
        expect(eventIdOf(key, sequence)).toMatch(/^[\w%-]*~\d+$/);
      }),
    );
  });

  it('is another for another alert or another result', () => {
    law(
      fc.property(fc.tuple(keys, sequences), fc.tuple(keys, sequences), (one, other) => {
        fc.pre(one.join(' ') !== other.join(' '));
        expect(eventIdOf(...one)).not.toBe(eventIdOf(...other));
      }),
    );
  });

  it('is made even of a key with half a character', () => {
    expect(eventIdOf('a\ud800', 1)).toBe('a%EF%BF%BD~1');
  });
});

describe('the sequence of an event', () => {
  it('sorts as text as its number does', () => {
    const sequence = (number: number) =>
      alertEvent(finished({ record: { ...finished().record, sequence: number } })).sequence;
    law(
      fc.property(
        fc.integer({ min: 1, max: 2_147_483_647 }),
        fc.integer({ min: 1, max: 2_147_483_647 }),
        (one, other) => {
          expect(Math.sign(one - other)).toBe(
            sequence(one) < sequence(other) ? -1 : Number(sequence(one) > sequence(other)),
          );
        },
      ),
    );
  });
});
