import * as fc from 'fast-check';
import { itemsIn, mostItems } from '../../../src/enrichment/formats/itemsIn.ts';
import { mostBytes } from '../../../src/enrichment/formats/json.ts';
import { law } from '../../support/law.ts';
import { anythingLike } from './support/anything.ts';
import { read } from './support/reading.ts';

/** As many of a text as a body holds. */
const filled = (head: string, one: string, tail: string): string => {
  const count = Math.floor((mostBytes - head.length - tail.length) / one.length);
  return head + one.repeat(count).replace(/,$/, '') + tail;
};

const event = '{"specversion":"1.0","id":"1","source":"/x","type":"y","data":';
const lists = [
  ['numbers', '[', '1,', ']'],
  ['empty objects', '[', '{},', ']'],
  ['ids', '[', '{"alertId":"a1"},', ']'],
  ['events', '[', `${event}"x"},`, ']'],
  ['an event', `${event}[`, '1,', ']}'],
  ['an event that has an answer of an API', `${event}{"value":[`, '1,', ']}}'],
  ['an answer of an API', '{"value":[', '{"id":"a1","machineId":null},', ']}'],
  ['answers of APIs', '[{"value":[', '{},', ']}]'],
  ['records', '{"records":[', '{},', ']}'],
  ['an incident of Defender XDR', '{"incidentId":1,"alerts":[', '{},', ']}'],
  ['an incident of Sentinel', '{"properties":{"incidentNumber":1,"alerts":[', '{},', ']}}'],
  ['what the trigger of an incident sends', '{"object":{"properties":{"relatedEntities":[],"alerts":[', '{},', ']}}}'],
  ['rows', '{"tables":[{"columns":[{"name":"SystemAlertId"}],"rows":[', '[],', ']}]}'],
  ['tables', '{"tables":[', '{},', ']}'],
  ['machines of one alert', '{"alertId":"a1","machineIds":[', '"a",', ']}'],
] as const;

describe('a body of 4 MiB', () => {
  it.each(lists)(
    'is refused by the count of what stands in it, before any of that is read: a list of %s',
    (_, head, one, tail) => {
      expect(read(filled(head, one, tail))).toEqual({
        kind: 'unreadable',
        status: 413,
        message: expect.stringMatching(
          /^There are \d{5,7} items; 1000 alerts are the most in one go, among 20000 items\. Send them in parts\.$/,
        ),
      });
    },
  );

  it.each([
    ['no JSON', '{}\n', 'x\n'],
    ['objects', '{}\n', '{}\n'],
  ])('is refused with its lines unread: %s', (_, head, one) => {
    const parse = jest.spyOn(JSON, 'parse');
    try {
      expect(read(filled(head, one, ''))).toMatchObject({ kind: 'unreadable', status: 413 });
      expect(parse.mock.calls.length).toBeLessThan(5);
    } finally {
      parse.mockRestore();
    }
  });

  it('is refused for the lists in its lines', () => {
    expect(read(filled('', `{"records":[${'1,'.repeat(999)}1]}\n`, ''))).toMatchObject({ status: 413 });
  });

  it('is no JSON where its first line is none, however many there are', () => {
    const parse = jest.spyOn(JSON, 'parse');
    try {
      expect(read(filled('', 'x\n', ''))).toMatchObject({ kind: 'unreadable', status: 400 });
      expect(parse.mock.calls.length).toBeLessThan(5);
    } finally {
      parse.mockRestore();
    }
  });
});

describe('what is counted before it is read', () => {
  it('takes blank lines for nothing', () => {
    const blank = '\n'.repeat(mostItems + 1);
    expect(read(`{"alertId":"a1"}${blank}{"alertId":"a2"}`)).toMatchObject({ alerts: { length: 2 } });
  });

  it('may be many rows of other tables, and a thousand alerts', () => {
    const others = Array.from({ length: 15_000 }, () => ({ category: 'AdvancedHunting-EmailEvents' }));
    const category = 'AdvancedHunting-AlertInfo';
    const alerts = Array.from({ length: 1000 }, (_, index) => ({ category, properties: { AlertId: `da${index}` } }));
    const said = read(JSON.stringify({ records: [...others, ...alerts] }));
    expect(said).toMatchObject({ alerts: { length: 1000 }, ignored: { length: 1 } });
  });

  it('is never less than what is read of it', () => {
    const formats = ['streaming', 'graphNotification', 'sentinelIncident', 'sentinelAlert', 'graphAlert', 'incident'];
    const any = fc.oneof(...[...formats, 'defenderAlert', 'siemAlert', 'plain'].map((name) => likeFixtures(name)));
    law(
      fc.property(any, (value) => {
        const said = read(JSON.stringify(value));
        const count = said.kind === 'alerts' ? said.alerts.length + said.wrong.length : 0;
        expect(count).toBeLessThanOrEqual(itemsIn(value));
      }),
    );
  });
});

const likeFixtures = (format: string) =>
  fc.oneof(anythingLike(format), fc.array(anythingLike(format), { maxLength: 3 }));
