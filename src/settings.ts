/**
 * What can be set, read from the environment once. Names and meaning are those of `local.settings.sample.json`; all faults
 * come in one message. Read before anything else, so with the smaller face of the schema library.
 */
import * as z from 'zod/mini';
import { parseLifetimes, usualLifetimes } from './machines/lifetimes.ts';
import { parseLimits } from './quota/limits.ts';
import { alertChecks, alertSettings } from './settings/alertSettings.ts';
import { callerChecks, callerSettings } from './settings/callerSettings.ts';
import { cloudChecks, cloudSettings, withCloud } from './settings/cloudSettings.ts';
import { optionalText, optionalUrl, readBy, wholeNumber, withDefault } from './settings/kinds.ts';
import { operationSettings } from './settings/operationSettings.ts';
import { snapshotSettings } from './settings/snapshotSettings.ts';
import { storageChecks, storageSettings } from './settings/storageSettings.ts';

/** The environment of this process. Nothing else in the project reads it. */
export const environment = (): Readonly<Record<string, string | undefined>> => process.env;

const schema = z
  .object({
    ...cloudSettings,
    /** The user-assigned identity; without, the system-assigned one. */
    AZURE_CLIENT_ID: optionalText,
    AZURE_TENANT_ID: optionalText,
    ...snapshotSettings,
    ...storageSettings,
    ...alertSettings,
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
    ...callerSettings,
    ...operationSettings,
    IDENTITY_ENDPOINT: optionalUrl,
    IDENTITY_HEADER: optionalText,
  })
  .check(...cloudChecks, ...callerChecks, ...storageChecks, ...alertChecks);

export { isLocal } from './settings/cloudSettings.ts';
export { appName, gatewayAddress } from './settings/gatewayAddress.ts';

export type Settings = ReturnType<typeof withCloud<z.output<typeof schema>>>;

/** @throws Error that lists every setting that is wrong, and what would be right */
export const readSettings = (given: Readonly<Record<string, string | undefined>>): Settings => {
  const read = schema.safeParse(withoutEmpty(given));
  if (read.success) return withCloud(read.data);
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
