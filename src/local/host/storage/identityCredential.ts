/**
 * Tokens of an app's identity, from the endpoint that the app's environment names. The SDK's own credential reads the environment of this
 * process, which may run several hosts, and is another one's than the app's.
 */
import type { TokenCredential } from '@azure/identity';
import { managedIdentity } from '../../../defender/managedIdentity.ts';
import type { Environment } from '../triggers/appSettings.ts';

/** The clients of the storage SDKs keep each token for as long as it is good. */
export const identityCredential = (environment: Environment, clientId: string | undefined): TokenCredential => ({
  async getToken(scopes) {
    const { IDENTITY_ENDPOINT: url, IDENTITY_HEADER: header } = environment;
    if (!url || !header) {
      throw new Error(
        'storage is to be reached with an identity, and there is none: IDENTITY_ENDPOINT and IDENTITY_HEADER say where it gives tokens',
      );
    }
    const platform = managedIdentity({ clientId, endpoint: { url, header }, fetch });
    const { token, expiresAt } = await platform([scopes].flat()[0] ?? '', true);
    return { token, expiresOnTimestamp: expiresAt };
  },
});
