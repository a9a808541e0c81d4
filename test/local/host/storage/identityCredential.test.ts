import { identityCredential } from '../../../../src/local/host/storage/identityCredential.ts';
import { startIdentity } from '../../../../src/local/identity/identity.ts';
import type { RunningPart } from '../../../../src/local/part.ts';

const clientId = '11111111-2222-3333-4444-555555555555';
const scope = 'https://storage.azure.com/.default';

describe("a host's identity", () => {
  let identity: RunningPart;
  beforeAll(async () => {
    identity = await startIdentity({ port: 0, header: 'secret', clientId });
  });
  afterAll(() => identity.stop());

  const environment = (header = 'secret') => ({
    IDENTITY_ENDPOINT: `${identity.url}/msi/token`,
    IDENTITY_HEADER: header,
  });

  it('gives tokens of the environment it is given, for the scope and the client that are asked for', async () => {
    const token = await identityCredential(environment(), clientId).getToken([scope]);
    const claims = JSON.parse(Buffer.from(String(token?.token.split('.')[1]), 'base64url').toString());
    expect(claims).toMatchObject({ aud: 'https://storage.azure.com', appid: clientId });
    expect(token?.expiresOnTimestamp).toBe(claims.exp * 1000);
  });

  it.each([
    ['another secret', 'wrong', clientId],
    ['another client', 'secret', '00000000-0000-0000-0000-000000000000'],
  ])('gives none for %s', async (_, header, client) => {
    await expect(identityCredential(environment(header), client).getToken(scope)).rejects.toThrow(
      /the managed identity endpoint answered 4\d\d/,
    );
  });

  it('says what is missing where there is none', async () => {
    await expect(identityCredential({}, undefined).getToken(scope)).rejects.toThrow(
      'IDENTITY_ENDPOINT and IDENTITY_HEADER',
    );
  });
});
