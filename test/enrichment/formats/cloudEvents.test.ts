import { opened } from '../../../src/enrichment/formats/envelopes.ts';
import { fixture } from './support/fixture.ts';

const open = (name: string) => opened({ value: fixture(`cloudEvents/${name}`), headers: {} });
const id = 'da637472900382838869_1364969609';

const binary = {
  'content-type': 'application/json',
  'ce-specversion': '1.0',
  'ce-id': '1',
  'ce-type': 'alert',
  'ce-source': 'soar',
  'ce-subject': 'M%C3%BCller',
};

describe('CloudEvents', () => {
  it('come in a batch with data as JSON, as a text of JSON, and beside what is no event', () => {
    const found = open('batch');
    const items = found?.kind === 'items' ? found.items : [];
    expect(items.map(({ value, place }) => ({ value, place }))).toEqual([
      { value: { alertId: id }, place: '[0].data' },
      { value: { alertId: 'da637308392288907382_-880718168' }, place: '[1].data' },
      { value: undefined, place: '[2].data' },
      { value: undefined, place: '[3].data_base64' },
      { value: { alertId: 'da637308392288907382_1' }, place: '[4]' },
    ]);
  });

  it('may have their data in base64, with a byte order mark, and attributes that are null', () => {
    expect(open('base64')).toMatchObject({ items: [{ value: { alertId: id }, place: 'data_base64' }] });
  });

  it('of Graph carry a change notification, and are kept without its secret', () => {
    const found = open('alertCreated');
    if (found?.kind !== 'items') throw new Error('no event');
    expect(found.items).toMatchObject([{ value: { clientState: 'a secret of ours', resource: id }, place: 'data' }]);
    expect(found.items[0]?.original).toMatchObject({ type: 'Microsoft.Graph.AlertCreated', data: { resource: id } });
    expect(JSON.stringify(found.items[0]?.original)).not.toContain('secret');
  });

  it.each([
    ['a text', { data: '{"value":[{"subscriptionId":"s","clientState":"a secret"}]}' }],
    ['base64', { data_base64: btoa('{"subscriptionId":"s","clientState":"a secret"}') }],
  ])('are kept without the secret of Graph in %s', (_, data) => {
    const found = opened({ value: { specversion: '1.0', id: '1', type: 'x', source: 'y', ...data }, headers: {} });
    const original = found?.kind === 'items' ? found.items[0]?.original : undefined;
    expect(original).toMatchObject({ id: '1', data: expect.anything() });
    expect(original).not.toHaveProperty('data_base64');
    expect(JSON.stringify(original)).not.toContain('a secret');
  });

  it.each([null, {}, '', undefined])('with %j for data name their alert by the subject', (data) => {
    const event = { ...(fixture('cloudEvents/withoutData') as object), data };
    expect(opened({ value: event, headers: {} })).toMatchObject({
      items: [{ value: { alertId: id }, place: 'subject' }],
    });
  });

  it.each(['Alert/', 'User/da1', 'Alert/da1/comments', null, 7])(
    'without data, and with %j for a subject, carry nothing',
    (subject) => {
      const event = { ...(fixture('cloudEvents/withoutData') as object), subject };
      expect(opened({ value: event, headers: {} })).toMatchObject({ items: [{ value: undefined, place: 'data' }] });
    },
  );

  it('about a subscription of Graph are ignored, and say what to do', () => {
    expect(open('reauthorizationRequired')).toMatchObject({
      items: [],
      ignored: [{ place: '', message: expect.stringContaining('POST /subscriptions/{id}/reauthorize') }],
    });
  });

  it('may have their attributes in headers, and the body as data', () => {
    expect(opened({ value: { alertId: id }, headers: binary })).toEqual({
      kind: 'items',
      items: [
        {
          value: { alertId: id },
          place: '',
          original: {
            specversion: '1.0',
            id: '1',
            type: 'alert',
            source: 'soar',
            subject: 'Müller',
            data: { alertId: id },
          },
        },
      ],
      ignored: [],
    });
  });

  it('that are whole are read as such, whatever headers say', () => {
    const value = fixture('cloudEvents/batch');
    expect(opened({ value, headers: binary })).toEqual(opened({ value, headers: {} }));
  });

  it('may have headers that are no percent-encoding', () => {
    const headers = { ...binary, 'ce-subject': '100%' };
    expect(opened({ value: {}, headers })).toMatchObject({ items: [{ original: { subject: '100%' } }] });
  });
});
