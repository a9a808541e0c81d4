/**
 * What can be set, read from the environment once. Names and meaning are those of `local.settings.sample.json`; all faults
 * come in one message.
 */
import * as z from 'zod';
import { type CallerCaps, parseCallerCaps } from './http/callerCaps.ts';
import { parseLifetimes, usualLifetimes } from './machines/lifetimes.ts';
import { parseLimits } from './quota/limits.ts';

/** The environment of this process. Nothing else in the project reads it. */
export const environment = (): Readonly<Record<string, string | undefined>> => process.env;

/** A text that `parse` reads, or says what is wrong with. */
const readBy = <T>(parse: (text: string) => T) =>
  z.string().transform((text, context): T => {
    try {
      return parse(text);
    } catch (fault) {
      context.addIssue({ code: 'custom', message: fault instanceof Error ? fault.message : String(fault) });
      return z.NEVER;
    }
  });

/** A scheme, a host, perhaps a port: paths are in `defender/calls.ts`. */
const baseUrl = z
  .url({ protocol: /^https?$/, error: 'write an address such as https://api.security.microsoft.com' })
  .transform((text) => text.replace(/\/+$/, ''))
  .refine(
    (text) => new URL(text).pathname === '/' && new URL(text).search === '',
    'write scheme and host only, without a path',
  )
  .refine((text) => text.startsWith('https:') || isLoopback(text), 'write https; http is taken on this machine only');

const isLoopback = (text: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(text).hostname);

const scope = z
  .string()
  .regex(
    /^\S+\/\.default$/,
    'write a resource and /.default, such as https://api.securitycenter.microsoft.com/.default',
  );
const wholeNumber = (least: number, most: number) =>
  z.coerce.number(`write a whole number from ${least} to ${most}`).int().min(least).max(most);
const optionalUrl = z.url('write an address').optional();

const schema = z
  .object({
    /** Host of the Defender API. Microsoft has announced that it will move. */
    DEFENDER_BASE_URL: baseUrl.default('https://api.security.microsoft.com'),
    /** Not derived from the host: the two belong to different applications. */
    DEFENDER_SCOPE: scope.default('https://api.securitycenter.microsoft.com/.default'),
    SECURITY_STATES_BASE_URL: baseUrl.default('https://graph.microsoft.com'),
    SECURITY_STATES_SCOPE: scope.default('https://graph.microsoft.com/.default'),
    /** The user-assigned identity; without, the system-assigned one. */
    AZURE_CLIENT_ID: z.string().optional(),
    AZURE_TENANT_ID: z.string().optional(),
    /** Where the ledger is kept, reached with the identity; else AzureWebJobsStorage. */
    STORAGE_TABLES_ENDPOINT: optionalUrl,
    AzureWebJobsStorage: z.string().optional(),
    /** Calls/seconds, as Defender documents them for each of its calls. */
    QUOTA_LIMITS: readBy(parseLimits).default(parseLimits('100/60,1500/3600')),
    /** One quota for each call (`route`), or one for all (`application`). */
    QUOTA_SCOPE: z.enum(['route', 'application'], 'write route or application').default('route'),
    /** What it means that there is no ledger: that nothing was called before, or that nobody knows. Then calls begin slowly. */
    QUOTA_NEW_LEDGER: z.enum(['unknown', 'unused'], 'write unknown or unused').default('unknown'),
    /** How much longer than the fastest the slowest way to Defender's counter takes. */
    QUOTA_NETWORK_SPREAD_MS: wholeNumber(0, 10_000).optional(),
    /** Calls to Defender under way at once, for each quota and process. */
    UPSTREAM_CONCURRENCY: wholeNumber(1, 1000).default(64),
    /** Seconds that an answer is fresh, by call, and for what is not there. */
    CACHE_SECONDS: readBy(parseLifetimes).default(usualLifetimes),
    /** MiB of answers that a process keeps. */
    CACHE_MEMORY_MB: wholeNumber(1, 1024).default(64),
    /** The highest class of each of these callers, whatever it asks for. */
    CALLER_CLASS_CAPS: readBy(parseCallerCaps).default((): CallerCaps => new Map()),
    /** The platform's word that App Service Authentication checks who calls. Anything but `True` is none. */
    WEBSITE_AUTH_ENABLED: z
      .string()
      .default('')
      .transform((said) => /^true$/i.test(said)),
    IDENTITY_ENDPOINT: optionalUrl,
    IDENTITY_HEADER: z.string().optional(),
  })
  .refine((set) => set.STORAGE_TABLES_ENDPOINT ?? set.AzureWebJobsStorage, {
    path: ['STORAGE_TABLES_ENDPOINT'],
    message: 'is missing: write the address of the table service, or a connection string in AzureWebJobsStorage',
    when: () => true,
  });

export type Settings = z.output<typeof schema>;

/** @throws Error that lists every setting that is wrong, and what would be right */
export const readSettings = (given: Readonly<Record<string, string | undefined>>): Settings => {
  const read = schema.safeParse(withoutEmpty(given));
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`The settings are wrong:\n${faults.join('\n')}`);
};

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(schema.shape);

const withoutEmpty = (given: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value.trim() !== ''));
