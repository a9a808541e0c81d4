import { opened } from '../../../src/enrichment/formats/envelopes.ts';
import { fixture } from './support/fixture.ts';

const open = (name: string, headers = {}) => opened({ value: fixture(`eventGrid/${name}`), headers });

describe('events of Event Grid', () => {
  it('come in a list, each with its data, and stay whole beside it', () => {
    const [first, second] = fixture('eventGrid/two') as unknown[];
    expect(open('two')).toEqual({
      kind: 'items',
      items: [
        { value: { alertId: 'da637472900382838869_1364969609' }, place: '[0].data', original: first },
        {
          value: { id: 'da637308392288907382_-880718168', machineId: '1e5bc9d7e413ddd7902c2932e418702b84d0cc07' },
          place: '[1].data',
          original: second,
        },
      ],
      ignored: [],
    });
  });

  it('come alone from a queue', () => {
    expect(open('one')).toMatchObject({
      items: [{ value: { alertId: 'da637472900382838869_1364969609' }, place: 'data' }],
    });
  });

  it('ask whether they are wanted, by the type of the event', () => {
    expect(open('validation')).toEqual({ kind: 'validation', code: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6' });
  });

  it('ask whether they are wanted, by a header', () => {
    const [event] = fixture('eventGrid/validation') as Record<string, unknown>[];
    const value = [{ ...event, eventType: 'Contoso.Validation' }];
    expect(opened({ value, headers: { 'aeg-event-type': 'SubscriptionValidation' } })).toEqual({
      kind: 'validation',
      code: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6',
    });
  });

  it('ask for nothing where alerts stand beside the question, or it has no code', () => {
    const [event] = fixture('eventGrid/validation') as Record<string, unknown>[];
    const two = fixture('eventGrid/two') as unknown[];
    expect(opened({ value: [event, ...two], headers: {} })).toMatchObject({ kind: 'items' });
    expect(opened({ value: [{ ...event, data: { validationCode: 7 } }], headers: {} })).toMatchObject({
      kind: 'items',
    });
  });

  it('say that the subscription was deleted, which is ignored', () => {
    expect(open('deleted', { 'aeg-event-type': 'SubscriptionDeletion' })).toEqual({
      kind: 'items',
      items: [],
      ignored: [
        {
          kind: 'ignored',
          place: '[0]',
          message:
            'Event Grid says that the subscription was deleted: it sends no more alerts until there is another one.',
        },
      ],
    });
  });
});
