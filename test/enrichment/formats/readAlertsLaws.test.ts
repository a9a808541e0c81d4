import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { idFault } from '../../../src/enrichment/alertId.ts';
import type { ReadAlerts } from '../../../src/enrichment/formats/readAlerts.ts';
import { sourceNames } from '../../../src/enrichment/reference.ts';
import { law } from '../../support/law.ts';
import { mutated } from './support/mutated.ts';
import { alertsIn, read, receivedAt } from './support/reading.ts';

const root = 'test/enrichment/formats/fixtures';
const folders = readdirSync(root);
const fixtures = folders.flatMap((folder) =>
  readdirSync(`${root}/${folder}`).map((name) => ({
    name: `${folder}/${name}`,
    text: readFileSync(`${root}/${folder}/${name}`, 'utf8'),
  })),
);
const anyFixture = fc.constantFrom(...fixtures.filter(({ name }) => name.endsWith('.json')).map(({ text }) => text));

const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'content-encoding',
    'aeg-event-type',
    'ce-specversion',
    'ce-type',
    'ce-id',
    'ce-subject',
  ),
  fc.oneof(fc.constantFrom('application/json', 'SubscriptionValidation', '1.0', 'Alert/da1', '%', ''), fc.string()),
);

const expectWellFormed = (said: ReadAlerts): void => {
  if (said.kind === 'validation') expect(said.code).not.toBe('');
  if (said.kind === 'unreadable') expect(said.message).toMatch(/\.$/);
  if (said.kind !== 'alerts') return;
  for (const { place, message } of [...said.wrong, ...said.ignored]) {
    expect([typeof place, message.endsWith('.')]).toEqual(['string', true]);
  }
  for (const { alertId, machineIds, product, raisedAt, source, ...rest } of said.alerts) {
    expect(idFault(alertId)).toBeUndefined();
    expect(machineIds.filter((id) => !/^[0-9a-f]{40}$/.test(id))).toEqual([]);
    expect(new Set(machineIds).size).toBe(machineIds.length);
    expect([undefined, 'other', 'defender']).toContain(product);
    expect(raisedAt ?? receivedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$/);
    expect(Number.isNaN(Date.parse(raisedAt ?? receivedAt))).toBe(false);
    expect(sourceNames).toContain(source);
    expect(rest.receivedAt).toBe(receivedAt);
    expect(() => JSON.parse(rest.original)).not.toThrow();
  }
};

describe('whatever comes in', () => {
  it('is read or refused, never more: any bytes', () => {
    law(
      fc.property(fc.uint8Array({ maxLength: 300 }), headers, (bytes, told) => {
        expectWellFormed(read(bytes, told));
      }),
    );
  });

  it('is read or refused, never more: any JSON', () => {
    law(
      fc.property(fc.oneof(fc.json(), fc.json({ maxDepth: 8 })), headers, (text, told) => {
        expectWellFormed(read(text, told));
      }),
    );
  });

  it('is read or refused, never more: an alert of any format with anything else in it', () => {
    law(
      fc.property(
        anyFixture,
        fc.infiniteStream(fc.nat()),
        fc.infiniteStream(fc.jsonValue()),
        headers,
        (text, choices, values, told) => {
          expectWellFormed(read(JSON.stringify(mutated(JSON.parse(text), choices, values)), told));
        },
      ),
    );
  });

  it('is read or refused, never more: an alert of any format cut off, or with other bytes in it', () => {
    law(
      fc.property(
        anyFixture,
        fc.nat(),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }),
        (text, end, changes) => {
          const bytes = new TextEncoder().encode(text);
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          expectWellFormed(read(bytes.subarray(0, changes.length === 0 ? end % bytes.length : undefined)));
        },
      ),
    );
  });
});

/** In no event, no list and no lines. */
const alone = fixtures.filter(({ name, text }) => {
  const said = read(text);
  const isJson = name.endsWith('.json') && text.startsWith('{');
  return isJson && !/^(?:cloudEvents|eventGrid)/.test(name) && said.kind === 'alerts' && said.alerts.length > 0;
});

describe('an alert', () => {
  it.each(alone)('says the same in a list and in any event: $name', ({ text }) => {
    const { alerts } = alertsIn(text);
    const value = JSON.parse(text);
    const event = { specversion: '1.0', id: '1', source: '/x', type: 'y' };
    const gridEvent = { id: '1', topic: '/x', subject: 's', eventType: 'y', eventTime: receivedAt, dataVersion: '1' };
    const bodies = [
      [value],
      { ...event, data: value },
      { ...event, data: text },
      { ...event, data_base64: Buffer.from(text).toString('base64') },
      [{ ...event, data: value }],
      [{ ...gridEvent, data: value }],
      [{ ...gridEvent, data: text }],
      text,
    ];
    for (const body of bodies) expect(alertsIn(JSON.stringify(body)).alerts).toEqual(alerts);
    expect(alertsIn(text, { 'ce-specversion': '1.0', 'ce-type': 'y', 'ce-id': '1' }).alerts).toEqual(alerts);
    expect(alertsIn(`${JSON.stringify(value)}\n${JSON.stringify(value)}`).alerts).toEqual([...alerts, ...alerts]);
  });

  it('of every format is among them', () => {
    const folderOf = ({ name }: { readonly name: string }) => name.split('/')[0] ?? '';
    expect(sourceNames.filter((name) => !alone.map(folderOf).includes(name))).toEqual([]);
  });
});
