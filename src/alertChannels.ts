/** The ways by which results go out: always a queue; a topic of Event Grid and a webhook where they are set. */
import type { Clock } from './clock.ts';
import { managedIdentity } from './defender/managedIdentity.ts';
import { createToken } from './defender/token.ts';
import type { Channel } from './enrichment/out/channel.ts';
import { eventGridChannel, eventGridScope } from './enrichment/out/http/eventGridChannel.ts';
import { nodePost } from './enrichment/out/http/nodePost.ts';
import { addressFault } from './enrichment/out/http/receiver.ts';
import { webhookChannel } from './enrichment/out/http/webhookChannel.ts';
import { queueChannel } from './enrichment/out/queueChannel.ts';
import { identityEndpoint, isLocal, type Settings } from './settings.ts';
import { alertQueueAccount } from './storage/queueAccount.ts';
import { storageQueue } from './storage/storageQueue.ts';

const daySeconds = 24 * 3600;

export const channelsOf = (settings: Settings, clock: Clock): readonly Channel[] => [
  // A message is there as long as the result that it may be a claim for.
  queueChannel(
    storageQueue(alertQueueAccount(settings), 'enriched-alerts', {
      liveSeconds: settings.ALERT_RETENTION_DAYS * daySeconds,
    }),
  ),
  ...topicOf(settings, clock),
  ...webhookOf(settings, clock),
];

const topicOf = (settings: Settings, clock: Clock): readonly Channel[] => {
  const { EVENT_GRID_TOPIC_ENDPOINT: endpoint, EVENT_GRID_TOPIC_KEY: key, AZURE_CLIENT_ID: clientId } = settings;
  if (endpoint === undefined) return [];
  const tokens = managedIdentity({ clientId, endpoint: identityEndpoint(settings), fetch });
  const credential = key === undefined ? createToken(tokens, eventGridScope, clock) : { key };
  // The topic is the tenant's own, and may well have a private endpoint.
  return [eventGridChannel({ endpoint, credential, post: nodePost({ addressFault: () => undefined }), clock })];
};

const webhookOf = (settings: Settings, clock: Clock): readonly Channel[] => {
  const { WEBHOOK_URL: url, WEBHOOK_SECRETS: secrets, WEBHOOK_ALLOWED_HOSTS: allowedHosts } = settings;
  if (url === undefined) return [];
  const isHere = isLocal(settings);
  const post = nodePost({ addressFault: (host, address) => addressFault(host, address, isHere) });
  return [webhookChannel({ url, secrets, allowedHosts, mayLoopback: isHere, post, clock })];
};
