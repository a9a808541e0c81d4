import { json, type Writer } from '../writer.ts';
import { alertRecord } from './defenderAlert.ts';

/** A batch of Event Grid's own events, each with a Defender alert in it ("Azure Event Grid event schema"). */
export const eventGrid: Writer = {
  name: 'eventGrid',
  most: 10,
  tellsTime: true,
  contentType: json,
  write: (alerts) =>
    alerts.map((alert) => ({
      id: `eg-${alert.id}`,
      topic: '/subscriptions/s/resourceGroups/g/providers/Microsoft.EventGrid/topics/alerts',
      subject: `alerts/${alert.id}`,
      eventType: 'Contoso.Security.AlertRaised',
      eventTime: alert.raisedAt,
      data: alertRecord(alert),
      dataVersion: '1.0',
      metadataVersion: '1',
    })),
};
