import { type Asking, asking, graphToken, token } from './support/asking.ts';

describe('the roles that Defender asks for', () => {
  let defender: Asking;
  beforeAll(async () => {
    defender = await asking({ roles: { domainMachines: ['Domain.Read.All'] } });
  });
  afterEach(() => defender.control('DELETE', 'roles'));
  afterAll(() => defender.stop());

  const statusOf = async (path: string, bearer = token()) => (await defender.get(path, bearer)).status;
  const preview = '/testwdatppreview/machinesecuritystates';

  it('are those it was started with, until they are taken back', async () => {
    const path = '/api/domains/contoso.com/machines';
    expect(await statusOf(path)).toBe(403);
    await defender.control('DELETE', 'roles');
    expect(await statusOf(path)).toBe(200);
  });

  it('can be others for a single call', async () => {
    await defender.control('PUT', 'roles', { deviceAvInfo: ['Antivirus.Read.All'] });
    expect(await statusOf('/api/deviceavinfo?$top=1')).toBe(403);
    expect(await statusOf('/api/deviceavinfo?$top=1', token({ roles: ['Antivirus.Read.All'] }))).toBe(200);
    expect(await statusOf('/api/machines?$top=1')).toBe(200);
  });

  it('can be asked for where usually none is', async () => {
    expect(await statusOf(preview, graphToken())).toBe(200);
    await defender.control('PUT', 'roles', { machineSecurityStates: ['States.Read.All'] });
    expect(await statusOf(preview, graphToken())).toBe(403);
  });

  it('are named in the refusal', async () => {
    await defender.control('PUT', 'roles', { machine: ['A.Read.All', 'A.ReadWrite.All'] });
    const { body } = await defender.get(`/api/machines/${'0'.repeat(40)}`);
    expect(body.error.message).toContain('API required roles: A.Read.All,A.ReadWrite.All, application roles:');
  });

  it('are shown', async () => {
    await defender.control('PUT', 'roles', { machine: [] });
    expect(await defender.control('GET', 'roles')).toMatchObject({
      machine: [],
      listMachines: ['Machine.Read.All', 'Machine.ReadWrite.All'],
    });
  });

  it.each([
    [{ nothing: ['A'] }, 'nothing'],
    [{ machine: [''] }, 'machine'],
    [{ machine: 'A' }, 'machine'],
  ])('cannot be %j', async (body, said) => {
    expect(await defender.control('PUT', 'roles', body)).toEqual({ message: expect.stringContaining(said) });
  });
});
