import { asking } from './support/asking.ts';

const addresses = ['/gateway/alerts', '/gateway/hooks/alerts'];

describe.each(addresses)('a webhook that asks whether it is wanted at %s', (address) => {
  it('gets the token of Graph back, decoded, as text that nobody takes for a page', async () => {
    const token = 'Validation: Testing client application reachability <script>alert(1)</script> é&+"';
    const query = `code=secret&validationToken=${encodeURIComponent(token)}`;
    const { answer, store } = asking();
    const { status, headers, text } = await answer(`${address}?${query}`, {
      method: 'POST',
      body: '{"alertId":"a1"}',
      headers: { 'content-type': 'text/plain; charset=utf-8', 'accept-encoding': 'gzip, br' },
    });
    expect([status, text]).toEqual([200, token]);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(headers['set-cookie']).toBeUndefined();
    expect(store.records()).toEqual([]);
  });

  it('gets the code of Event Grid back', async () => {
    const event = {
      id: '1',
      topic: '/subscriptions/s',
      subject: '',
      eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
      eventTime: '2026-11-18T10:00:00Z',
      metadataVersion: '1',
      dataVersion: '2',
      data: { validationCode: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6', validationUrl: 'https://rp.example:553/x' },
    };
    const { status, body } = await asking().answer(`${address}?code=secret`, {
      method: 'POST',
      body: [event],
      headers: { 'aeg-event-type': 'SubscriptionValidation', 'content-type': 'application/json' },
    });
    expect([status, body]).toEqual([200, { validationResponse: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6' }]);
  });

  it('is allowed to send CloudEvents, at any rate', async () => {
    const { status, headers, text } = await asking().answer(`${address}?code=secret`, {
      method: 'OPTIONS',
      headers: { 'webhook-request-origin': 'eventgrid.azure.net', 'webhook-request-rate': '120' },
    });
    expect([status, text]).toEqual([200, '']);
    expect(headers).toMatchObject({
      'webhook-allowed-origin': 'eventgrid.azure.net',
      'webhook-allowed-rate': '*',
      allow: 'POST, OPTIONS',
    });
  });

  it.each([
    ['none', {}],
    ['an empty one', { 'webhook-request-origin': '' }],
    ['one with a space', { 'webhook-request-origin': 'a b' }],
    ['a long one', { 'webhook-request-origin': 'a'.repeat(254) }],
  ])('is told what there is, and allowed nothing, with %s for an origin', async (_, headers) => {
    const said = await asking().answer(address, { method: 'OPTIONS', headers });
    expect([said.status, said.headers.allow, said.text]).toEqual([204, 'POST, OPTIONS', '']);
    expect(Object.keys(said.headers)).not.toContain('webhook-allowed-origin');
  });
});

describe('the token of Graph', () => {
  it('may be written in any case of letters', async () => {
    const { text } = await asking().answer('/gateway/alerts?ValidationToken=x%20y', { method: 'POST' });
    expect(text).toBe('x y');
  });

  it('has 4,096 characters at most', async () => {
    const { status, body } = await asking().answer(`/gateway/alerts?validationToken=${'x'.repeat(4097)}`, {
      method: 'POST',
    });
    expect([status, body.error.message]).toEqual([400, 'validationToken: it has 4097 characters; 4096 are the most']);
  });

  it('is none where it is empty: what came is alerts', async () => {
    const sent = { method: 'POST', body: { alertId: 'da637472900382838869_1364969609' } };
    expect((await asking().answer('/gateway/alerts?validationToken=', sent)).status).toBe(202);
  });
});
