import { eventGridWebhook } from '../../../../src/local/host/eventGrid/webhook.ts';
import type { Invocation, InvocationResult, RegisteredFunction } from '../../../../src/local/host/invoker.ts';
import { failed, held, scriptedInvoker, succeeded } from '../triggers/scriptedInvoker.ts';

const functions: readonly RegisteredFunction[] = [
  { name: 'alertRaised', bindings: { event: { type: 'eventGridTrigger', direction: 'in' } } },
  { name: 'web', bindings: { req: { type: 'httpTrigger', direction: 'in' } } },
];

const delivery = (act?: (invocation: Invocation, count: number) => InvocationResult | Promise<InvocationResult>) => {
  const invoker = scriptedInvoker(functions, act);
  const webhook = eventGridWebhook(invoker);
  const deliver = async (type: string | undefined, body: unknown, query = 'functionName=alertRaised&code=secret') => {
    const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const answer = await webhook({
      headers: { 'aeg-event-type': type },
      query: new URLSearchParams(query),
      body: bytes,
    });
    return { ...answer, text: Buffer.from(answer.body ?? []).toString() };
  };
  return { invoker, deliver };
};

const alert = (id: string) => ({
  id,
  topic: '/subscriptions/s',
  subject: `alerts/${id}`,
  eventType: 'Contoso.AlertRaised',
  eventTime: '2026-11-21T10:15:00.1234567Z',
  data: { alertId: id },
  dataVersion: '1',
  metadataVersion: '1',
});

const cloudEvent = {
  specversion: '1.0',
  id: 'c1',
  type: 'Contoso.AlertRaised',
  source: '/alerts',
  data: { alertId: 'a1' },
};

describe('the Event Grid webhook', () => {
  it('answers the handshake of a subscription with its code', async () => {
    const { invoker, deliver } = delivery();
    const validation = [{ ...alert('v'), data: { validationCode: '512d38b6', validationUrl: 'https://example.net' } }];
    const answer = await deliver('SubscriptionValidation', validation);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ validationResponse: '512d38b6' });
    expect(invoker.runs).toEqual([]);
  });

  it('answers the handshake of a CloudEvents subscription, whose data is JSON in a string', async () => {
    const { deliver } = delivery();
    const answer = await deliver('SubscriptionValidation', { ...cloudEvent, data: '{"validationCode":"512d38b6"}' });
    expect(JSON.parse(answer.text)).toEqual({ validationResponse: '512d38b6' });
  });

  it('runs the function for each event of a batch, all at the same time', async () => {
    const both = held();
    const { invoker, deliver } = delivery(() => both.result);
    const answering = deliver('Notification', [alert('a1'), alert('a2')]);
    expect(invoker.running()).toBe(2);
    both.end();
    expect(await answering).toMatchObject({ status: 202, text: '' });
    expect(invoker.runs).toEqual(
      ['a1', 'a2'].map((id) => ({
        functionName: 'alertRaised',
        inputData: [{ name: 'event', data: { json: JSON.stringify(alert(id)) } }],
        triggerMetadata: { data: { json: `{"alertId":"${id}"}` } },
      })),
    );
  });

  it('runs the function for a single CloudEvent', async () => {
    const { invoker, deliver } = delivery();
    expect(await deliver('Notification', cloudEvent)).toMatchObject({ status: 202 });
    expect(invoker.runs[0]?.inputData).toEqual([{ name: 'event', data: { json: JSON.stringify(cloudEvent) } }]);
  });

  it('gives an event without data no trigger metadata', async () => {
    const { invoker, deliver } = delivery();
    await deliver('Notification', [{ ...alert('a1'), data: undefined }]);
    expect(invoker.runs[0]?.triggerMetadata).toEqual({});
  });

  it('answers 500 when one event of a batch failed, so that all of them come again', async () => {
    const { invoker, deliver } = delivery((_, count) => (count === 2 ? failed : succeeded));
    const answer = await deliver('Notification', [alert('a1'), alert('a2'), alert('a3')]);
    expect(answer).toMatchObject({ status: 500, text: 'Exception while executing function: Functions.alertRaised' });
    expect(invoker.runs).toHaveLength(3);
  });

  it.each([{ kind: 'timedOut' as const }, { kind: 'crashed' as const, message: 'exit code 1' }])(
    'answers 500 when a run ended as %j',
    async (outcome) => {
      expect((await delivery(() => outcome).deliver('Notification', [alert('a1')])).status).toBe(500);
    },
  );

  it('takes an unsubscription, and runs nothing', async () => {
    const { invoker, deliver } = delivery();
    expect(await deliver('Unsubscribe', '')).toMatchObject({ status: 202, text: '' });
    expect(invoker.runs).toEqual([]);
  });

  it.each(['functionName=web', 'functionName=other', 'functionName=ALERTRAISED', 'functionName=', ''])(
    'knows no Event Grid function by "%s"',
    async (query) => {
      const { invoker, deliver } = delivery();
      expect((await deliver('Notification', [alert('a1')], query)).status).toBe(404);
      expect(invoker.runs).toEqual([]);
    },
  );

  it('takes the event type, and the name in the query, in any case', async () => {
    const { invoker, deliver } = delivery();
    expect(await deliver('notification', [alert('a1')], 'functionname=alertRaised')).toMatchObject({ status: 202 });
    expect(invoker.runs).toHaveLength(1);
  });

  it.each([undefined, '', 'Other'])('refuses a delivery of the type %j', async (type) => {
    expect((await delivery().deliver(type, [alert('a1')])).status).toBe(400);
  });

  it.each(['', 'x', '1', '"text"', 'null', '[1]', '[[]]', '[null]'])('refuses a notification of %s', async (body) => {
    const { invoker, deliver } = delivery();
    expect((await deliver('Notification', body)).status).toBe(400);
    expect(invoker.runs).toEqual([]);
  });

  it.each([[[]], [{ data: {} }], [{ data: 'x' }], [{ data: 'null' }], [{}], [{ data: { validationCode: 1 } }]])(
    'refuses a handshake without a code: %j',
    async (body) => {
      expect((await delivery().deliver('SubscriptionValidation', body)).status).toBe(400);
    },
  );

  it('takes an empty batch', async () => {
    expect((await delivery().deliver('Notification', [])).status).toBe(202);
  });
});
