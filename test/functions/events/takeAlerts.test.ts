import type { ReadAlertsRules } from '../../../src/enrichment/formats/readAlerts.ts';
import type { AlertReference } from '../../../src/enrichment/reference.ts';
import { bytesOfMessage } from '../../../src/functions/events/rawMessage.ts';
import { takeAlerts, takeAll, takeKept } from '../../../src/functions/events/takeAlerts.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { recordedLog } from '../../support/recordedLog.ts';

const rules: ReadAlertsRules = { clientStates: [] };
const bytes = (text: string) => new TextEncoder().encode(text);

const prepared = () => {
  const taken: AlertReference[] = [];
  const log = recordedLog();
  const intake = {
    async accept(references: readonly AlertReference[]) {
      taken.push(...references);
      return [];
    },
  };
  const kept: string[] = [];
  const keep = async (body: Uint8Array) => `kept/${kept.push(new TextDecoder().decode(body))}`;
  return { taken, kept, log, services: { intake, rules, keep, clock: fakeClock(), log } };
};

describe('a message of a queue', () => {
  const text = '{"alertId":"da637472900382838869_1"}';

  it.each([
    ['plain JSON, of which the trigger makes an object', JSON.parse(text), text],
    ['plain JSON, where the platform does not tell the text', JSON.parse(text), undefined],
    ['base64', btoa(text), btoa(text)],
    ['base64 in lines', btoa(text).replace(/(.{20})/g, '$1\r\n'), undefined],
    ['a text that is no JSON', text, undefined],
  ])('is read as %s', (_, message, stored) => {
    expect(new TextDecoder().decode(bytesOfMessage(message, stored))).toBe(text);
  });
});

describe('alerts that come without HTTP', () => {
  it('are taken, and have the message come again where one among them is wrong, so that people find it', async () => {
    const { taken, services } = prepared();
    const sent = bytes('[{"alertId":"da637472900382838869_1"},{"alertId":7}]');
    await expect(takeAlerts(sent, 'alerts-in', services)).rejects.toThrow(/alerts-in: \[1\]: .*alertId/);
    expect(taken.map(({ alertId }) => alertId)).toEqual(['da637472900382838869_1']);
    expect(await takeKept(sent, 'kept', services)).toBe('unreadable');
  });

  it('of Graph that come without the secret agreed upon are left for people, too', async () => {
    const { taken, log, services } = prepared();
    const notification = { clientState: 'topsecret', changeType: 'created', resource: 'security/alerts_v2/da1_1' };
    const sent = bytes(
      JSON.stringify({
        value: [{ subscriptionId: 's', ...notification, resourceData: { id: 'da637472900382838869_1' } }],
      }),
    );
    await expect(takeAlerts(sent, 'alerts-in', services)).rejects.toThrow(/clientState/);
    await takeAll([sent, bytes('{"clientState":"topsecret')], 'Event Hubs', services);
    expect(taken).toEqual([]);
    expect(JSON.stringify(log.lines)).not.toContain('topsecret');
  });

  it('bring a message back that nothing can be read of, so that people find it', async () => {
    const { services } = prepared();
    await expect(takeAlerts(bytes('hello'), 'alerts-in', services)).rejects.toThrow(/alerts-in: .*JSON/);
  });

  it('are taken however many there are in a message, for nobody could send them in parts', async () => {
    const { taken, services } = prepared();
    const many = Array.from({ length: 1500 }, (_, at) => ({ alertId: `da637472900382838869_${at}` }));
    await takeAlerts(bytes(JSON.stringify(many)), 'alerts-in', services);
    expect(taken).toHaveLength(1500);
  });

  it('are taken from a batch with an event that can not be read, which is kept', async () => {
    const { taken, kept, log, services } = prepared();
    await takeAll([bytes('broken{'), bytes('{"alertId":"da637472900382838869_2"}')], 'Event Hubs', services);
    expect(taken).toHaveLength(1);
    expect(kept).toEqual(['broken{']);
    expect(log.lines).toMatchObject([{ level: 'error', from: 'Event Hubs', bytes: 7, kept: 'kept/1' }]);
  });

  it('are taken from what the platform kept, and what can not be read there is told of', async () => {
    const { taken, log, services } = prepared();
    expect(await takeKept(bytes('{"alertId":"da637472900382838869_3"}'), 'kept', services)).toBe('taken');
    expect(await takeKept(bytes('broken{'), 'kept', services)).toBe('unreadable');
    expect(taken).toHaveLength(1);
    expect(log.lines).toMatchObject([{ level: 'error', from: 'kept', bytes: 7 }]);
  });
});
