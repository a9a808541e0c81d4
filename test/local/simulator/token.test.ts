import { defenderAudiences } from '../../../src/local/simulator/token.ts';
import { type Asking, asking, graphToken, token } from './support/asking.ts';

describe('Defender, asked with a token', () => {
  let defender: Asking;
  beforeAll(async () => {
    defender = await asking();
  });
  afterAll(() => defender.stop());

  const said = async (bearer: string, path = '/api/machines?$top=1') => {
    const { status, body } = await defender.get(path, bearer);
    return { status, code: body.error?.code, message: body.error?.message };
  };

  it.each([
    ['that is none', 'x'],
    ['of two parts', 'a.b'],
    ['whose claims are no JSON', 'e30.e30x.e30'],
    ['without claims', 'e30.e30.'],
    ['that is over', token({ exp: 1 })],
    ['that is not valid yet', token({ nbf: 3_900_000_000 })],
  ])('says 401 Unauthorized to a token %s', async (_, bearer) => {
    expect(await said(bearer)).toMatchObject({ status: 401, code: 'Unauthorized' });
  });

  it('says 401 without any', async () => {
    const answer = await fetch(`${defender.url}/api/machines`);
    expect(answer.status).toBe(401);
  });

  it.each(defenderAudiences)('takes one for %s', async (aud) => {
    expect(await said(token({ aud }))).toMatchObject({ status: 200 });
  });

  it('says 403 to one for the newer host, which is another service’s name', async () => {
    const refused = await said(token({ aud: 'https://api.security.microsoft.com' }));
    expect(refused).toMatchObject({ status: 403, code: 'Forbidden', message: expect.stringContaining('audience') });
  });

  it('wants one for Graph where the preview is asked, whatever its roles', async () => {
    const path = '/testwdatppreview/machinesecuritystates';
    expect((await said(token(), path)).status).toBe(403);
    expect((await said(graphToken(), path)).status).toBe(200);
    expect((await said(token({ aud: 'https://graph.microsoft.com', roles: [] }), path)).status).toBe(200);
  });

  it('names the roles that would do and those there are, in the words of the live service', async () => {
    expect(await said(token({ roles: ['Machine.Isolate'] }))).toEqual({
      status: 403,
      code: 'Forbidden',
      message:
        'Missing application roles. API required roles: Machine.Read.All,Machine.ReadWrite.All, application roles: Machine.Isolate.',
    });
  });

  it.each([
    ['/api/machines?$top=1', ['Machine.Read.All'], 200],
    ['/api/machines?$top=1', ['Machine.ReadWrite.All'], 200],
    ['/api/users/user1/machines', ['Alert.Read.All'], 403],
    ['/api/alerts/636688558380765161_2136280442/machine', ['Machine.Read.All'], 200],
    ['/api/alerts?$top=1', ['Machine.Read.All'], 403],
    ['/api/alerts?$top=1', ['Alert.ReadWrite.All'], 200],
    ['/api/deviceavinfo?$top=1', ['Machine.Read.All'], 200],
    ['/api/machines?$top=1', [], 403],
  ])('answers %s with the roles %j: %i', async (path, roles, status) => {
    expect((await said(token({ roles }), path)).status).toBe(status);
  });

  it('can be told other audiences', async () => {
    const other = await asking({ audiences: ['https://gateway.example'] });
    const answers = [
      await other.get('/api/machines', token({ aud: 'https://gateway.example' })),
      await other.get('/api/machines'),
    ];
    await other.stop();
    expect(answers.map(({ status }) => status)).toEqual([200, 403]);
  });
});
