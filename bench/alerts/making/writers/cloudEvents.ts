import type { Writer } from '../writer.ts';
import { alertRecord } from './defenderAlert.ts';

/** A batch of CloudEvents, each with a Defender alert in it ("JSON Event Format for CloudEvents", version 1.0.2). */
export const cloudEvents: Writer = {
  name: 'cloudEvents',
  most: 10,
  tellsTime: true,
  contentType: 'application/cloudevents-batch+json; charset=utf-8',
  write: (alerts) =>
    alerts.map((alert) => ({
      specversion: '1.0',
      id: `ce-${alert.id}`,
      source: '/contoso/soar',
      type: 'com.contoso.alert.raised',
      subject: null,
      time: alert.raisedAt,
      datacontenttype: 'application/json',
      data: alertRecord(alert),
    })),
};
