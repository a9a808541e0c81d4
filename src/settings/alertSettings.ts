import * as z from 'zod/mini';
import { type AllowedHost, readAllowedHosts } from '../enrichment/out/http/allowedHosts.ts';
import { receiverFault } from '../enrichment/out/http/receiver.ts';
import { readTopicEndpoint } from '../enrichment/out/http/topicEndpoint.ts';
import { readWebhookSecrets, type WebhookSecret } from '../enrichment/out/http/webhookSecrets.ts';
import { isLocal } from './cloudSettings.ts';
import { baseUrl, optionalText, optionalUrl, readBy, schedule, wholeNumber, withDefault, words } from './kinds.ts';

/** Of alerts: how they come in, how they are tried, and where their results go. */
export const alertSettings = {
  /** The event hub that Defender XDR streams to, where there is one: as connection string, or as namespace for the identity. */
  AlertStream: optionalText,
  AlertStream__fullyQualifiedNamespace: optionalText,
  AlertStream__credential: optionalText,
  AlertStream__clientId: optionalText,
  ALERT_STREAM_HUB: optionalText,
  ALERT_STREAM_CONSUMER_GROUP: withDefault(z.string(), '$Default'),
  /** What Microsoft Graph sends as `clientState`: any of these, separated by spaces. Without, its notifications are not taken. */
  GRAPH_CLIENT_STATE: withDefault(readBy(words), (): readonly string[] => []),
  /** When alerts are looked for that have no message left, and how long that must be; more than a message's lease of ten minutes. */
  ALERT_SWEEP_SCHEDULE: withDefault(schedule, '0 * * * * *'),
  ALERT_SWEEP_AFTER_SECONDS: withDefault(wholeNumber(1, 86_400), 900),
  /** How long an alert waits for the quota before it is put back. */
  ALERT_WAIT_SECONDS: withDefault(wholeNumber(0, 200), 15),
  /** Before the second try, where Defender can't be asked; then each time twice as long. */
  ALERT_RETRY_SECONDS: withDefault(wholeNumber(1, 3600), 15),
  /** Tries in vain before an alert fails. */
  ALERT_MOST_TRIES: withDefault(wholeNumber(1, 100), 12),
  /** How old an alert must be before it counts that Defender does not know it. */
  ALERT_UNKNOWN_MINUTES: withDefault(wholeNumber(0, 1440), 30),
  /** How long alerts and results are kept. */
  ALERT_RETENTION_DAYS: withDefault(wholeNumber(1, 3650), 30),
  /** The address of this gateway, for links in events; without, that of the platform, or none. */
  GATEWAY_URL: z.optional(baseUrl),
  WEBSITE_HOSTNAME: optionalText,
  /** Where results go besides the queue `enriched-alerts`: a topic of Event Grid, with its key or by the identity. */
  EVENT_GRID_TOPIC_ENDPOINT: z.optional(readBy(readTopicEndpoint)),
  EVENT_GRID_TOPIC_KEY: optionalText,
  /** And a webhook, signed by each of the secrets, on a host of the list. */
  WEBHOOK_URL: optionalUrl,
  WEBHOOK_SECRETS: withDefault(readBy(readWebhookSecrets), (): readonly WebhookSecret[] => []),
  WEBHOOK_ALLOWED_HOSTS: withDefault(readBy(readAllowedHosts), (): readonly AllowedHost[] => []),
};

type AlertSettings = z.output<ReturnType<typeof z.object<typeof alertSettings>>>;

export const alertChecks = [
  z.refine<AlertSettings>((set) => set.WEBHOOK_URL === undefined || set.WEBHOOK_SECRETS.length > 0, {
    path: ['WEBHOOK_SECRETS'],
    error: 'is missing: write a secret that the receiver knows, whsec_ and base64 of 24 to 64 bytes',
  }),
  z.refine<AlertSettings>(
    (set) => (set.AlertStream ?? set.AlertStream__fullyQualifiedNamespace) === undefined || set.ALERT_STREAM_HUB,
    {
      path: ['ALERT_STREAM_HUB'],
      error: 'is missing: write the name of the event hub that Defender XDR streams to',
      when: () => true,
    },
  ),
  z.check<AlertSettings & { readonly AZURE_FUNCTIONS_ENVIRONMENT?: string | undefined }>(({ value, issues }) => {
    const { WEBHOOK_URL: url, WEBHOOK_ALLOWED_HOSTS: allowedHosts } = value;
    const fault = url === undefined ? undefined : receiverFault(url, { allowedHosts, mayLoopback: isLocal(value) });
    if (fault !== undefined) issues.push({ code: 'custom', path: ['WEBHOOK_URL'], message: fault, input: value });
  }),
] as const;
