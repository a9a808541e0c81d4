import { formats } from '../../../src/enrichment/formats/formats.ts';
import { readAlerts } from '../../../src/enrichment/formats/readAlerts.ts';
import { sourceNames } from '../../../src/enrichment/reference.ts';
import { alertsIn, fixture, machine1, machine2, originalsIn, read, receivedAt } from './support/reading.ts';

const alertId = 'da637472900382838869_1364969609';
const plain = JSON.stringify({ alertId });
const cloudEvent = (id: string, data: unknown) => ({
  specversion: '1.0',
  id,
  source: '/playbook',
  type: 'alert',
  data,
});
const many = (count: number) => JSON.stringify(Array.from({ length: count }, (_, index) => ({ alertId: `a${index}` })));

describe('what comes in', () => {
  it('is what the intake takes', () => {
    expect(read(JSON.stringify({ alertId, machineId: machine1 }))).toEqual({
      kind: 'alerts',
      alerts: [
        {
          alertId,
          machineIds: [machine1],
          product: undefined,
          raisedAt: undefined,
          source: 'plain',
          receivedAt,
          original: `{"alertId":"${alertId}","machineId":"${machine1}"}`,
        },
      ],
      wrong: [],
      ignored: [],
    });
  });

  it.each([
    ['the mark of UTF-8', [0xef, 0xbb, 0xbf, ...Buffer.from(plain)]],
    ['UTF-16, little end first', [0xff, 0xfe, ...Buffer.from(plain, 'utf16le')]],
    ['UTF-16, big end first', [0xfe, 0xff, ...Buffer.from(plain, 'utf16le').swap16()]],
    ['UTF-16 without a mark', [...Buffer.from(plain, 'utf16le')]],
    ['UTF-16, big end first, without a mark', [...Buffer.from(plain, 'utf16le').swap16()]],
    ['blanks around it', [...Buffer.from(`\r\n ${plain}\n`)]],
    ['quotes around it', [...Buffer.from(JSON.stringify(plain))]],
  ])('is read with %s', (_, bytes) => {
    expect(alertsIn(Uint8Array.from(bytes)).alerts).toEqual([{ alertId, machineIds: [], source: 'plain' }]);
  });

  it.each([
    'application/json',
    'application/cloudevents+json',
    'application/octet-stream',
    'text/plain',
    'text/html',
    '',
  ])('is read whatever it says it is: %s', (type) => {
    expect(alertsIn(plain, { 'content-type': type }).alerts).toHaveLength(1);
  });

  it('takes the last of a key that stands twice', () => {
    expect(
      alertsIn(`{"alertId":"a1","machineId":"${machine1}","alertId":"a2","machineId":"${machine2}"}`).alerts,
    ).toEqual([{ alertId: 'a2', machineIds: [machine2], source: 'plain' }]);
  });

  it('may be 1 MB, and is kept to the last character', () => {
    const alert = { alertId, text: 'ä"\\{['.repeat(150_000) };
    const body = JSON.stringify(alert);
    expect(Buffer.byteLength(body)).toBeGreaterThan(1_000_000);
    expect(originalsIn(body)).toEqual([alert]);
  });

  it('may be an event, which is kept with its one alert', () => {
    const event = cloudEvent('1', { alertId });
    expect(alertsIn(JSON.stringify(event)).alerts).toEqual([{ alertId, machineIds: [], source: 'plain' }]);
    expect(originalsIn(JSON.stringify(event))).toEqual([event]);
  });

  it('may be an event with several alerts, each kept without the others', () => {
    const body = JSON.stringify([
      cloudEvent('1', [{ alertId: 'a1' }, { alertId: 'a2' }]),
      cloudEvent('2', { alertId: 'a3' }),
    ]);
    expect(originalsIn(body)).toEqual([{ alertId: 'a1' }, { alertId: 'a2' }, cloudEvent('2', { alertId: 'a3' })]);
  });

  it("does not keep the secret of a notification of Graph's, in an event either", () => {
    const notification = {
      subscriptionId: '7f105c7d-2dc5-4530-97cd-4e7ae6534c07',
      clientState: 'a secret of ours',
      changeType: 'created',
      resource: `security/alerts/${alertId}`,
      resourceData: { '@odata.type': '#microsoft.graph.alert', id: alertId },
    };
    for (const data of [notification, [notification], { value: [notification] }]) {
      const said = JSON.stringify(read(JSON.stringify(cloudEvent('1', data))));
      expect(said).toContain(alertId);
      expect(said).not.toContain('a secret of ours');
    }
  });

  it('may be several formats at once', () => {
    const parse = (path: string) => JSON.parse(new TextDecoder().decode(fixture(path)));
    const body = JSON.stringify([
      parse('defenderAlert/alert.json'),
      parse('graphAlert/office.json'),
      { alertId },
      parse('streaming/info.json'),
    ]);
    expect(alertsIn(body).alerts.map(({ source }) => source)).toEqual([
      'defenderAlert',
      'graphAlert',
      'plain',
      'streaming',
    ]);
  });

  it.each([
    ['plain', { id: '7', alertId, machineId: machine1 }],
    ['graphAlert', { id: alertId, providerAlertId: alertId }],
    ['defenderAlert', { id: alertId, machineId: machine1 }],
    ['defenderAlert', { id: alertId, alertCreationTime: receivedAt }],
  ])('is told apart by few members, as %s: %j', (source, value) => {
    expect(alertsIn(JSON.stringify(value)).alerts).toMatchObject([{ alertId, source }]);
  });

  it('loses no good alert by a bad one', () => {
    expect(alertsIn(`[{"alertId":7},${plain},{"hello":"world"},[${plain}]]`)).toEqual({
      alerts: [{ alertId, machineIds: [], source: 'plain' }],
      wrong: [
        `[0]: alertId is a number; write the id as text: "${alertId}".`,
        '[2]: This is of none of the formats.',
        '[3]: This is of none of the formats.',
      ],
      ignored: [],
    });
  });

  it('may be lines, of which a broken one is told by its number', () => {
    expect(alertsIn(`${plain}\r\n\r\n{"alertId":\n{"alertId":"a2"}\n`)).toEqual({
      alerts: [
        { alertId, machineIds: [], source: 'plain' },
        { alertId: 'a2', machineIds: [], source: 'plain' },
      ],
      wrong: ['line 3: Here is no JSON.'],
      ignored: [],
    });
  });

  it.each([
    '[]',
    '{"value":[]}',
    '{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#security/alerts_v2","value":[]}',
  ])('may hold nothing: %s', (body) => {
    expect(alertsIn(body)).toEqual({ alerts: [], wrong: [], ignored: [': The list is empty.'] });
  });

  it('may be an incident of more alerts than in one go, where nobody could send them in parts', () => {
    const alerts = Array.from({ length: 1001 }, (_, index) => ({ properties: { providerAlertId: `da${index}` } }));
    const body = new TextEncoder().encode(JSON.stringify({ properties: { incidentNumber: 1, alerts } }));
    const came = { body, headers: {}, receivedAt };
    const most = Number.POSITIVE_INFINITY;
    expect(readAlerts(came, { clientStates: [], most })).toMatchObject({ alerts: { length: 1001 }, wrong: [] });
    expect(readAlerts(came, { clientStates: [] })).toMatchObject({ kind: 'unreadable', status: 413 });
  });

  it('may hold 1,000 alerts', () => {
    expect(alertsIn(many(1000)).alerts).toHaveLength(1000);
  });
});

describe('what can’t be read', () => {
  it.each([
    ['nothing', '', 400, 'The body is empty; send an alert as JSON.'],
    ['blanks', ' \n', 400, 'The body is blank; send an alert as JSON.'],
    ['a mark alone', Uint8Array.of(0xef, 0xbb, 0xbf), 400, 'The body is blank; send an alert as JSON.'],
    [
      'broken UTF-8',
      Uint8Array.of(0x22, 0xff, 0x22),
      400,
      'The body is not JSON (it is neither valid UTF-8 nor UTF-16 with a byte order mark).',
    ],
    [
      'too much',
      new Uint8Array(4 * 1024 * 1024 + 1),
      413,
      'The body has 4194305 bytes; 4194304 are the most. Send the alerts in parts.',
    ],
    ['1,001 alerts', many(1001), 413, 'There are 1001 alerts; 1000 are the most in one go. Send them in parts.'],
  ])('is refused: %s', (_, body, status, message) => {
    expect(read(body)).toEqual({ kind: 'unreadable', status, message });
  });

  it('is told of JSON that breaks off, and not of its lines', () => {
    expect(read('{\n"alertId": "a1",\n"x": {}\n')).toMatchObject({ kind: 'unreadable', status: 400 });
  });

  it('is told where its JSON breaks', () => {
    expect(read('{"alertId": da63}')).toEqual({
      kind: 'unreadable',
      status: 400,
      message: expect.stringMatching(/^The body is not JSON \(Unexpected token .?d.*\)\.$/),
    });
  });

  it.each([
    [
      { 'content-type': 'application/xml; charset=utf-8' },
      'Alerts are taken as JSON, and the body, which is said to be application/xml, is none.',
    ],
    [{ 'content-encoding': 'gzip' }, 'The body is compressed (gzip); send it plain.'],
  ])('is of a type that is not taken: %j', (headers, message) => {
    expect(read('<alert/>', headers)).toEqual({ kind: 'unreadable', status: 415, message });
  });

  it.each([
    '{"hello":"world"}',
    'null',
    '7',
    '"hello"',
    '[{}]',
    '{"value":[{}]}',
    JSON.stringify(cloudEvent('1', { hello: 'world' })),
  ])('is told of all formats, with an example of each: %s', (body) => {
    const said = read(body);
    expect(said).toMatchObject({ kind: 'unreadable', status: 400 });
    for (const { title } of formats) expect(said).toMatchObject({ message: expect.stringContaining(title) });
  });

  it('is nested too deep to be kept', () => {
    const deep = (levels: number) => `{"alertId":"a1","x":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    expect(alertsIn(deep(99)).alerts).toHaveLength(1);
    expect(alertsIn(deep(100)).wrong).toEqual([': This is nested deeper than 100 levels.']);
    expect(alertsIn(deep(200_000)).wrong).toEqual([': This is nested deeper than 100 levels.']);
    expect(read(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).toMatchObject({ kind: 'unreadable', status: 400 });
  });
});

describe('the question of Event Grid whether its events are wanted', () => {
  it('is answered with its code', () => {
    const question = {
      id: '2d1781af-3a4c-4d7c-bd0c-e34b19da4e66',
      topic: '/subscriptions/x',
      subject: '',
      data: { validationCode: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6', validationUrl: 'https://example.com/' },
      eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
      eventTime: '2026-01-25T22:12:19.4556811Z',
      metadataVersion: '1',
      dataVersion: '1',
    };
    expect(read(JSON.stringify([question]))).toEqual({ kind: 'validation', code: question.data.validationCode });
  });
});

describe('the formats', () => {
  it('are all that an alert can come in', () => {
    expect(formats.map(({ name }) => name).sort()).toEqual([...sourceNames].sort());
  });
});
