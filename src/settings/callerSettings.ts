import * as z from 'zod/mini';
import { type CallerCaps, parseCallerCaps } from '../callers/callerCaps.ts';
import { type DeviceGroups, parseDeviceGroups } from '../callers/deviceGroups.ts';
import { isLocal } from './cloudSettings.ts';
import { isLoopback, readBy, webAddress, withDefault, words } from './kinds.ts';

/** How callers are known, and what each of them may have. */
export const callerSettings = {
  /** By Entra's tokens (`entra`), or by the function's keys (`key`). */
  CALLER_AUTH: withDefault(z.enum(['entra', 'key'], 'write entra or key'), 'entra'),
  /** What tokens must be for: any of these, separated by spaces. */
  CALLER_AUDIENCES: withDefault(readBy(words), (): readonly string[] => []),
  /** Who must have issued them, where it is not the tenant in the usual way. */
  CALLER_ISSUERS: withDefault(readBy(words), (): readonly string[] => []),
  /** Where the issuer's public keys are, where it is not the usual place. */
  CALLER_KEYS_URL: z.optional(webAddress),
  /** What people need who come through an application: a scope, or a role of their own as well. */
  CALLER_PEOPLE: withDefault(z.enum(['scope', 'role'], 'write scope or role'), 'scope'),
  /** The highest class of each of these callers, whatever it asks for. */
  CALLER_CLASS_CAPS: withDefault(readBy(parseCallerCaps), (): CallerCaps => new Map()),
  /** The device groups that each of these callers is bound to; whoever is not named, nor meant by `*`, sees every machine. */
  CALLER_DEVICE_GROUPS: withDefault(readBy(parseDeviceGroups), (): DeviceGroups => new Map()),
};

type CallerSettings = z.output<ReturnType<typeof z.object<typeof callerSettings>>> & {
  readonly AZURE_TENANT_ID?: string | undefined;
  readonly AZURE_FUNCTIONS_ENVIRONMENT?: string | undefined;
};

const needed = (name: string, what: string, isThere: (set: CallerSettings) => boolean) =>
  z.refine<CallerSettings>((set) => set.CALLER_AUTH !== 'entra' || isThere(set), {
    path: [name],
    error: `is missing: write ${what}, for CALLER_AUTH is entra; or set CALLER_AUTH=key, and callers are known by function keys`,
    when: () => true,
  });

/** Whoever is between could put a key of its own in place of the issuer's. */
const isUntouched = (set: CallerSettings, address: string): boolean => {
  if (!URL.canParse(address)) return false;
  return isLoopback(address) ? isLocal(set) : new URL(address).protocol === 'https:';
};

const httpsOnly = 'write https; this machine is taken where AZURE_FUNCTIONS_ENVIRONMENT is Development';

export const callerChecks = [
  z.refine<CallerSettings>((set) => set.CALLER_KEYS_URL === undefined || isUntouched(set, set.CALLER_KEYS_URL), {
    path: ['CALLER_KEYS_URL'],
    error: httpsOnly,
    when: ({ value }) => typeof Object(value).CALLER_KEYS_URL === 'string',
  }),
  z.refine<CallerSettings>((set) => set.CALLER_ISSUERS.every((issuer) => isUntouched(set, issuer)), {
    path: ['CALLER_ISSUERS'],
    error: `each must be an address: ${httpsOnly}`,
    when: ({ value }) => Array.isArray(Object(value).CALLER_ISSUERS),
  }),
  needed(
    'CALLER_AUDIENCES',
    "the gateway's application in Entra, such as api://11111111-2222-3333-4444-555555555555",
    (set) => set.CALLER_AUDIENCES.length > 0,
  ),
  needed('AZURE_TENANT_ID', "the tenant's id", (set) => set.AZURE_TENANT_ID !== undefined),
] as const;
