/** Events that carry an alert. */

/** In Event Grid's own schema. */
export const eventGridEvent = (data: unknown) => ({
  id: '1',
  topic: '/subscriptions/6b1c/resourceGroups/soc/providers/microsoft.eventgrid/topics/alerts',
  subject: 'alerts/new',
  eventType: 'Contoso.AlertRaised',
  eventTime: '2026-11-21T09:14:30.7654321Z',
  dataVersion: '1.0',
  data,
});

/** The event by which Event Grid asks whether its events are wanted. */
export const validationEvent = (validationCode: string) => ({
  ...eventGridEvent({ validationCode, validationUrl: 'https://rp-eastus2.eventgrid.azure.net:553/validate' }),
  eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
});

/** A CloudEvent, structured. */
export const cloudEvent = (id: string, data: unknown) => ({
  specversion: '1.0',
  id,
  type: 'com.contoso.alert.raised',
  source: '/soar',
  data,
});

/** The headers of a binary one: its data is the body. */
export const binaryHeaders = {
  'ce-specversion': '1.0',
  'ce-id': '2',
  'ce-type': 'com.contoso.alert.raised',
  'ce-source': '/soar',
} as const;
