import { handmadeEvents } from '../../../../src/local/host/eventHubs/handmadeEvents.ts';
import type { RegisteredFunction } from '../../../../src/local/host/invoker.ts';

const streamed = (settings: object = {}): RegisteredFunction => ({
  name: 'streamed',
  bindings: { events: { type: 'eventHubTrigger', direction: 'in', eventHubName: 'alerts', ...settings } },
});

const dataOf = (one: RegisteredFunction, text: string) => handmadeEvents(one, text)?.inputData;

describe('events that are handed to an Event Hubs function by hand', () => {
  it.each([
    ['[{"records":[]},{"a":1}]', ['{"records":[]}', '{"a":1}']],
    ['["{\\"id\\":1,\\"id\\":2}","plain"]', ['{"id":1,"id":2}', 'plain']],
    ['{"records":[]}', ['{"records":[]}']],
    ['plain', ['plain']],
    ['[]', []],
  ])('are the bodies in %s, where it takes many', (text, string) => {
    const data = [{ name: 'events', data: { collectionString: { string } } }];
    expect(dataOf(streamed({ cardinality: 'Many' }), text)).toEqual(data);
  });

  it('are one body where it takes one', () => {
    expect(dataOf(streamed(), '[1,2]')).toEqual([{ name: 'events', data: { string: '[1,2]' } }]);
  });

  it('are bytes where it asks for them', () => {
    const [many, one] = [streamed({ cardinality: 'many', dataType: 'binary' }), streamed({ dataType: 'binary' })];
    expect(dataOf(many, '["é"]')).toEqual([
      { name: 'events', data: { collectionBytes: { bytes: [Buffer.from('é')] } } },
    ]);
    expect(dataOf(one, 'é')).toEqual([{ name: 'events', data: { bytes: Buffer.from('é') } }]);
  });

  it('are no matter of a function with another trigger', () => {
    const timed: RegisteredFunction = {
      name: 'timed',
      bindings: { timer: { type: 'timerTrigger', direction: 'in' } },
    };
    expect(handmadeEvents(timed, '[]')).toBeUndefined();
  });
});
