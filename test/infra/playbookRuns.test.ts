import { type Stage, startStage } from './support/playbooks/stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
}, 60_000);
afterAll(() => stage.stop());

const id = (digit: string) => digit.repeat(40);
const incident = '/subscriptions/1/resourceGroups/soc/providers/Microsoft.SecurityInsights/incidents/1';

/** What the trigger gives for a host that an analyst chose. */
const host = (HostName: string, more: object = {}) => ({
  IncidentArmID: incident,
  Entity: { kind: 'Host', properties: { HostName, ...more } },
});

const add = (computerDnsName: string, machineId: string, more: object = {}) =>
  stage.control('POST', 'machines', {
    id: machineId,
    computerDnsName,
    healthStatus: 'Active',
    onboardingStatus: 'Onboarded',
    isPotentialDuplication: false,
    isExcluded: false,
    mergedIntoMachineId: null,
    ...more,
  });

describe('isolate-with-resolver', () => {
  beforeAll(async () => {
    await add('ws1.contoso.com', id('1'));
    await add('ws10.contoso.com', id('2'));
    await add('ws11.contoso.com', id('3'));
    await add('ws2.contoso.com', id('4'));
    await add('ws2.fabrikam.com', id('5'));
  });

  it('isolates WS1 alone, where ws10 and ws11 are there, too', async () => {
    const { isolated, comments, status, faults } = await stage.play('isolate-with-resolver', host('WS1'), {
      dryRun: false,
    });
    expect({ status, faults }).toEqual({ status: 'Succeeded', faults: [] });
    expect(isolated.map(({ machineId }) => machineId)).toEqual([id('1')]);
    expect(isolated[0]).toMatchObject({
      audience: 'https://defender.example',
      body: { IsolationType: 'Full', Comment: expect.stringContaining('playbook run') },
    });
    expect(comments).toEqual([
      { incidentArmId: incident, message: expect.stringContaining('Isolating ws1.contoso.com') },
    ]);
  });

  it('isolates nothing where two domains have the name, and says which machines it could be and why', async () => {
    const { isolated, comments, status } = await stage.play('isolate-with-resolver', host('WS2'), { dryRun: false });
    expect(status).toBe('Succeeded');
    expect(isolated).toEqual([]);
    const [{ message } = { message: '' }] = comments;
    expect(message).toContain('NOT isolated: it can not be told which machine is meant');
    expect(message).toContain(`ws2.contoso.com (${id('4')})`);
    expect(message).toContain(`ws2.fabrikam.com (${id('5')})`);
  });

  it('isolates the right one where the domain is known', async () => {
    const { isolated } = await stage.play('isolate-with-resolver', host('WS2', { DnsDomain: 'fabrikam.com' }), {
      dryRun: false,
    });
    expect(isolated.map(({ machineId }) => machineId)).toEqual([id('5')]);
  });

  it("believes Defender's own id before any name", async () => {
    const named = host('WS2', { additionalData: { MdatpDeviceId: id('4') } });
    const { isolated } = await stage.play('isolate-with-resolver', named, { dryRun: false });
    expect(isolated.map(({ machineId }) => machineId)).toEqual([id('4')]);
  });

  it('isolates nothing where no machine has the name', async () => {
    const { isolated, comments } = await stage.play('isolate-with-resolver', host('WS'), { dryRun: false });
    expect(isolated).toEqual([]);
    expect(comments[0]?.message).toContain('NOT isolated');
  });

  it('rehearses unless it is told to act', async () => {
    const { isolated, comments } = await stage.play('isolate-with-resolver', host('WS1'));
    expect(isolated).toEqual([]);
    expect(comments[0]?.message).toContain(`Rehearsal: would isolate ws1.contoso.com (${id('1')})`);
  });

  it('isolates nothing where the gateway has no answer, and says so', async () => {
    const { isolated, comments, status } = await stage.play('isolate-with-resolver', host('WS1 or so?'), {
      dryRun: false,
    });
    expect(status).toBe('Succeeded');
    expect(isolated).toEqual([]);
    expect(comments[0]?.message).toContain(
      'NOT isolated: the gateway could not say which machine is meant. hostName: ',
    );
  });

  it('shows what stands in a name as text', async () => {
    const { comments } = await stage.play('isolate-with-resolver', host('<b>x</b>'), { dryRun: false });
    expect(comments[0]?.message).not.toContain('<b>');
  });

  it('says what Defender refused', async () => {
    stage.refuseIsolation(400, {
      error: { code: 'ActiveRequestAlreadyExists', message: 'Action is already in progress' },
    });
    const { comments, status } = await stage.play('isolate-with-resolver', host('WS1'), { dryRun: false });
    expect(status).toBe('Succeeded');
    expect(comments[0]?.message).toContain('NOT isolated, Defender did not take it: ws1.contoso.com');
    expect(comments[0]?.message).toContain('Action is already in progress');
  });
});
