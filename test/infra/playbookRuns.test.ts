import type { Sent } from './support/playbooks/run.ts';
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

const alertOf = (providerAlertId: string, more: object = {}) => ({
  kind: 'SecurityAlert',
  properties: {
    providerAlertId,
    systemAlertId: '5f1a',
    productName: 'Microsoft Defender Advanced Threat Protection',
    ...more,
  },
});

/** What the trigger gives for an incident. */
const sentinelIncident = (alerts: readonly object[], hosts: readonly string[] = []) => ({
  objectSchemaType: 'Incident',
  object: {
    id: incident,
    type: 'Microsoft.SecurityInsights/Incidents',
    properties: {
      title: 'An incident',
      alerts,
      relatedEntities: hosts.map((MdatpDeviceId) => ({
        kind: 'Host',
        properties: { additionalData: { MdatpDeviceId } },
      })),
    },
  },
});

describe('enrich-incident', () => {
  beforeAll(() => add('<ws7>.contoso.com', id('7'), { riskScore: 'High' }));

  it('writes each machine once, whatever alerts name it, with when Defender said so', async () => {
    const alerts = ['da1111111111_1', 'da2222222222_2'].map((each) => alertOf(each));
    const { comments, status, faults } = await stage.play('enrich-incident', sentinelIncident(alerts, [id('7')]));
    expect({ status, faults }).toEqual({ status: 'Succeeded', faults: [] });
    expect(comments).toHaveLength(1);
    const [{ incidentArmId, message } = { incidentArmId: '', message: '' }] = comments;
    expect(incidentArmId).toBe(incident);
    expect(message).toContain('Machines of this incident, as Defender knows them:');
    expect(message).toMatch(
      /&lt;ws7>\.contoso\.com \(7{40}\): \w+, health Active, risk High, .* As Defender said at 20\d\d-/,
    );
    expect(message.split(id('7'))).toHaveLength(2);
  });

  it('says of alerts without a machine why they have none', async () => {
    const { comments } = await stage.play('enrich-incident', sentinelIncident([alertOf('ra637472900382838869_1')]));
    expect(comments[0]?.message).toContain('No machine of this incident could be told:');
    expect(comments[0]?.message).toContain('Alert ra637472900382838869_1: notDefender.');
  });

  it('says that the gateway did not take an incident, and why', async () => {
    const { comments, status } = await stage.play('enrich-incident', sentinelIncident([]));
    expect(status).toBe('Succeeded');
    expect(comments[0]?.message).toContain('No machine of this incident could be told');
  });
});

describe('daily-attention', () => {
  it('says that there is no snapshot yet', async () => {
    const { sent, status } = await stage.play('daily-attention', null);
    expect(status).toBe('Succeeded');
    expect(cardOf(sent)).toContain('The gateway could not tell which machines newly require attention. ');
  });

  it('says that nothing is new', async () => {
    await stage.snapshot();
    await stage.snapshot();
    const { sent, faults } = await stage.play('daily-attention', null, { hoursBack: 0 });
    expect(faults).toEqual([]);
    expect(cardOf(sent)).toMatch(/^Machines that newly require attention since the snapshot 20\d{6}T\d{6}Z: none\.$/);
  });

  it('names the machines that newly require attention, and what does', async () => {
    await stage.control('PATCH', `machines/${id('1')}`, { healthStatus: 'NoSensorData' });
    await stage.snapshot();
    const { sent, faults, status } = await stage.play('daily-attention', null);
    expect({ status, faults }).toEqual({ status: 'Succeeded', faults: [] });
    expect(cardOf(sent)).toMatch(/since the snapshot 20\d{6}T\d{6}Z: 1\./);
    expect(cardOf(sent)).toContain('- ws1.contoso.com: EdrNoSensorData');
  });

  it('shows a name as text, also where it is written like a link', async () => {
    const name = '[ws8](https://phish.example).contoso.com';
    await add(name, id('8'), { healthStatus: 'Active' });
    await stage.snapshot();
    await stage.control('PATCH', `machines/${id('8')}`, { healthStatus: 'NoSensorData' });
    await stage.snapshot();
    const { sent } = await stage.play('daily-attention', null);
    const blocks = blocksOf(sent);
    expect(new Set(blocks.map(({ type }) => type))).toEqual(new Set(['RichTextBlock']));
    const runs = blocks.flatMap(({ inlines }) => inlines);
    expect(new Set(runs.map(({ type }) => type))).toEqual(new Set(['TextRun']));
    expect(runs.map(({ text }) => text)).toContainEqual(expect.stringContaining(`- ${name}: EdrNoSensorData`));
  });
});

/** The text that was posted to the channel. */
const cardOf = (sent: readonly Sent[]): string =>
  blocksOf(sent)
    .flatMap(({ inlines }) => inlines.map(({ text }) => text))
    .join('\n');

interface Block {
  readonly type: string;
  readonly inlines: readonly { readonly type: string; readonly text: string }[];
}

const blocksOf = (sent: readonly Sent[]): readonly Block[] => {
  const posts = sent.filter(({ url }) => url.endsWith('/teams'));
  expect(posts).toHaveLength(1);
  expect(posts[0]?.audience).toBeUndefined();
  const card = posts[0]?.body as { attachments: { content: { body: Block[] } }[] } | undefined;
  return card?.attachments[0]?.content.body ?? [];
};
