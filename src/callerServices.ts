/** How callers are known, from the settings; a part of the composition root. */
import { createIdentify, type Identify } from './callers/identify.ts';
import { joseTokens } from './callers/joseTokens.ts';
import type { VerifyToken } from './callers/tokens.ts';
import type { Clock } from './clock.ts';
import type { Settings } from './settings.ts';

export const createCallerServices = (settings: Settings, clock: Clock): Identify =>
  createIdentify({
    verify: settings.CALLER_AUTH === 'entra' ? entraTokens(settings, clock) : undefined,
    deviceGroups: settings.CALLER_DEVICE_GROUPS,
    people: settings.CALLER_PEOPLE,
  });

/** Both versions of Entra's tokens have an issuer of their own ("Access tokens in the Microsoft identity platform"). */
const entraTokens = (settings: Settings, clock: Clock): VerifyToken => {
  const { AZURE_TENANT_ID: tenant = '', ENTRA_AUTHORITY: authority, CALLER_ISSUERS, CALLER_KEYS_URL } = settings;
  const usual = [`https://sts.windows.net/${tenant}/`, `${authority}/${tenant}/v2.0`];
  return joseTokens({
    audiences: settings.CALLER_AUDIENCES,
    issuers: CALLER_ISSUERS.length > 0 ? CALLER_ISSUERS : usual,
    keysUrl: CALLER_KEYS_URL ?? `${authority}/${tenant}/discovery/v2.0/keys`,
    clock,
    fetch,
  });
};
