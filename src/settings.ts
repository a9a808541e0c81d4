/**
 * What can be set, read from the environment once. Names and meaning are those of `local.settings.sample.json`; all faults
 * come in one message. Read before anything else, so with the smaller face of the schema library.
 */
import * as z from 'zod/mini';
import { type AllowedHost, readAllowedHosts } from './enrichment/out/http/allowedHosts.ts';
import { receiverFault } from './enrichment/out/http/receiver.ts';
import { readTopicEndpoint } from './enrichment/out/http/topicEndpoint.ts';
import { readWebhookSecrets, type WebhookSecret } from './enrichment/out/http/webhookSecrets.ts';
import { type CallerCaps, parseCallerCaps } from './http/callerCaps.ts';
import { parseLifetimes, usualLifetimes } from './machines/lifetimes.ts';
import { parseLimits } from './quota/limits.ts';

/** The environment of this process. Nothing else in the project reads it. */
export const environment = (): Readonly<Record<string, string | undefined>> => process.env;

/** A text that `parse` reads, or says what is wrong with. */
const readBy = <T>(parse: (text: string) => T) =>
  z.pipe(
    z.string(),
    z.transform((text: string, context): T => {
      try {
        return parse(text);
      } catch (fault) {
        const message = fault instanceof Error ? fault.message : String(fault);
        context.issues.push({ code: 'custom', message, input: text });
        return z.NEVER;
      }
    }),
  );

const isLoopback = (text: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(text).hostname);

/** A scheme, a host, perhaps a port: paths are in `defender/calls.ts`. */
const baseUrl = readBy((text) => {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) {
    throw new Error('write an address such as https://api.security.microsoft.com');
  }
  const address = text.replace(/\/+$/, '');
  const { pathname, search } = new URL(address);
  if (pathname !== '/' || search !== '') throw new Error('write scheme and host only, without a path');
  if (!address.startsWith('https:') && !isLoopback(address)) {
    throw new Error('write https; http is taken on this machine only');
  }
  return address;
});

const scope = z
  .string()
  .check(
    z.regex(
      /^\S+\/\.default$/,
      'write a resource and /.default, such as https://api.securitycenter.microsoft.com/.default',
    ),
  );
const wholeNumber = (least: number, most: number) => {
  const message = `write a whole number from ${least} to ${most}`;
  return z.coerce.number(message).check(z.int(message), z.gte(least, message), z.lte(most, message));
};
/** NCRONTAB with seconds, as timers take it. */
const schedule = z
  .string()
  .check(z.regex(/^\s*\S+(?:\s+\S+){5}\s*$/, 'write six fields, seconds first, such as 0 0 * * * * for each hour'));
/** Separated by white space or commas. */
const words = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== '');
const optionalUrl = z.optional(z.url('write an address'));
const optionalText = z.optional(z.string());
const withDefault = z._default;

const schema = z
  .object({
    /** Host of the Defender API. Microsoft has announced that it will move. */
    DEFENDER_BASE_URL: withDefault(baseUrl, 'https://api.security.microsoft.com'),
    /** Not derived from the host: the two belong to different applications. */
    DEFENDER_SCOPE: withDefault(scope, 'https://api.securitycenter.microsoft.com/.default'),
    SECURITY_STATES_BASE_URL: withDefault(baseUrl, 'https://graph.microsoft.com'),
    SECURITY_STATES_SCOPE: withDefault(scope, 'https://graph.microsoft.com/.default'),
    /** The user-assigned identity; without, the system-assigned one. */
    AZURE_CLIENT_ID: optionalText,
    AZURE_TENANT_ID: optionalText,
    /** Where the security states of machines come from; `auto` asks the preview until it is not served. */
    SECURITY_STATES_SOURCE: withDefault(
      z.enum(['auto', 'preview', 'composed'], 'write auto, preview or composed'),
      'auto',
    ),
    /** When a run begins, when one that was broken off goes on, and when what is too old is removed. */
    SNAPSHOT_SCHEDULE: withDefault(schedule, '0 0 * * * *'),
    SNAPSHOT_RESUME_SCHEDULE: withDefault(schedule, '30 */5 * * * *'),
    SNAPSHOT_PRUNE_SCHEDULE: withDefault(schedule, '0 30 3 * * *'),
    /** How long what was can be asked for. */
    SNAPSHOT_RETENTION_DAYS: withDefault(wholeNumber(1, 3650), 90),
    /** How long a run works in one invocation: functionTimeout of host.json less a margin. */
    SNAPSHOT_SLICE_SECONDS: withDefault(wholeNumber(10, 86_400), 540),
    /** Rows that a run asks for in one call. */
    SNAPSHOT_PAGE_SIZE: withDefault(wholeNumber(100, 10_000), 10_000),
    /** How old what Defender knows of an antivirus may be before it counts as not reporting. */
    ANTIVIRUS_STALE_DAYS: withDefault(wholeNumber(1, 365), 7),
    /** Where the ledger is kept, reached with the identity; else AzureWebJobsStorage. */
    STORAGE_TABLES_ENDPOINT: optionalUrl,
    AzureWebJobsStorage: optionalText,
    /** Where changes of security states are told, reached with the identity; else AzureWebJobsStorage. */
    STORAGE_QUEUES_ENDPOINT: optionalUrl,
    /** Where bodies are kept that are too big for a row, reached with the identity; else AzureWebJobsStorage. */
    STORAGE_BLOBS_ENDPOINT: optionalUrl,
    /** The account of the queues of alerts, where it is one of their own: its connection string, or its address for the identity. */
    AzureWebJobsStorage__queueServiceUri: optionalUrl,
    AlertQueues: optionalText,
    AlertQueues__queueServiceUri: optionalUrl,
    /** The event hub that Defender XDR streams to, where there is one: as connection string, or as namespace for the identity. */
    AlertStream: optionalText,
    AlertStream__fullyQualifiedNamespace: optionalText,
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
    /** Calls/seconds, as Defender documents them for each of its calls. */
    QUOTA_LIMITS: withDefault(readBy(parseLimits), parseLimits('100/60,1500/3600')),
    /** Of the antivirus list, which has others. */
    QUOTA_LIMITS_DEVICEAVINFO: withDefault(readBy(parseLimits), parseLimits('30/60,1000/3600')),
    /** One quota for each call (`route`), or one for all (`application`). */
    QUOTA_SCOPE: withDefault(z.enum(['route', 'application'], 'write route or application'), 'route'),
    /** What it means that there is no ledger: that nothing was called before, or that nobody knows. Then calls begin slowly. */
    QUOTA_NEW_LEDGER: withDefault(z.enum(['unknown', 'unused'], 'write unknown or unused'), 'unknown'),
    /** How much longer than the fastest the slowest way to Defender's counter takes. */
    QUOTA_NETWORK_SPREAD_MS: z.optional(wholeNumber(0, 10_000)),
    /** Calls to Defender under way at once, for each quota and process. */
    UPSTREAM_CONCURRENCY: withDefault(wholeNumber(1, 1000), 64),
    /** Seconds that an answer is fresh, by call, and for what is not there. */
    CACHE_SECONDS: withDefault(readBy(parseLifetimes), usualLifetimes),
    /** MiB of answers that a process keeps. */
    CACHE_MEMORY_MB: withDefault(wholeNumber(1, 1024), 64),
    /** The highest class of each of these callers, whatever it asks for. */
    CALLER_CLASS_CAPS: withDefault(readBy(parseCallerCaps), (): CallerCaps => new Map()),
    /** The platform's word that App Service Authentication checks who calls. Anything but `True` is none. */
    WEBSITE_AUTH_ENABLED: withDefault(
      readBy((said) => /^true$/i.test(said)),
      false,
    ),
    IDENTITY_ENDPOINT: optionalUrl,
    IDENTITY_HEADER: optionalText,
  })
  .check(
    z.refine((set) => set.STORAGE_TABLES_ENDPOINT ?? set.AzureWebJobsStorage, {
      path: ['STORAGE_TABLES_ENDPOINT'],
      error: 'is missing: write the address of the table service, or a connection string in AzureWebJobsStorage',
      when: () => true,
    }),
    z.refine((set) => set.WEBHOOK_URL === undefined || set.WEBHOOK_SECRETS.length > 0, {
      path: ['WEBHOOK_SECRETS'],
      error: 'is missing: write a secret that the receiver knows, whsec_ and base64 of 24 to 64 bytes',
    }),
    z.refine(
      (set) => (set.AlertStream ?? set.AlertStream__fullyQualifiedNamespace) === undefined || set.ALERT_STREAM_HUB,
      {
        path: ['ALERT_STREAM_HUB'],
        error: 'is missing: write the name of the event hub that Defender XDR streams to',
        when: () => true,
      },
    ),
    z.check(({ value, issues }) => {
      const { WEBHOOK_URL: url, WEBHOOK_ALLOWED_HOSTS: allowedHosts } = value;
      const fault =
        url === undefined ? undefined : receiverFault(url, { allowedHosts, mayLoopback: mayLoopback(value) });
      if (fault !== undefined) issues.push({ code: 'custom', path: ['WEBHOOK_URL'], message: fault, input: value });
    }),
  );

/** Where Defender is this machine's stand-in, a webhook's receiver may be here, too. */
export const mayLoopback = ({ DEFENDER_BASE_URL }: { readonly DEFENDER_BASE_URL: string }): boolean =>
  DEFENDER_BASE_URL.startsWith('http:');

export type Settings = z.output<typeof schema>;

/** @throws Error that lists every setting that is wrong, and what would be right */
export const readSettings = (given: Readonly<Record<string, string | undefined>>): Settings => {
  const read = schema.safeParse(withoutEmpty(given));
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`The settings are wrong:\n${faults.join('\n')}`);
};

/** Where the platform gives tokens; undefined where it does not say. */
export const identityEndpoint = ({
  IDENTITY_ENDPOINT: url,
  IDENTITY_HEADER: header,
}: Settings): { readonly url: string; readonly header: string } | undefined =>
  url === undefined || header === undefined ? undefined : { url, header };

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(schema.shape);

const withoutEmpty = (given: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value.trim() !== ''));
