import type { FleetSummary } from '../../src/local/simulator/fleetSummary.ts';
import type { Resolution } from '../../src/machines/resolver/resolution.ts';
import { bodyOf, errorOf, type Gateway, startGateway } from '../support/gateway.ts';

const address = '/gateway/machines/resolve';

let gateway: Gateway;
let fleet: FleetSummary;
let rows: readonly Readonly<Record<string, unknown>>[];
beforeAll(async () => {
  gateway = await startGateway({ limits: '1000/60' });
  fleet = (await gateway.control('GET', 'fleet')) as FleetSummary;
  rows = (await bodyOf(await gateway.direct('/api/machines'))).value;
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.forgetArrivals());

type Asked = Readonly<Record<string, string | undefined>>;

const resolve = async (asked: Asked) => {
  const response = await gateway.get(`${address}?${new URLSearchParams(asked as Record<string, string>)}`);
  expect([asked, response.status]).toEqual([asked, 200]);
  return JSON.parse(await response.text()) as Resolution;
};
const calls = async () => (await gateway.arrivals()).length;
const rowOf = (id: unknown) => rows.find((row) => row.id === id);
const named = (label: unknown) =>
  rows.filter(({ computerDnsName }) => String(computerDnsName).split('.')[0]?.toLowerCase() === label);

describe('GET /gateway/machines/resolve', () => {
  it('gives the one machine of a full name, by one call, and of its short name by none', async () => {
    const { ofOneMachine: hostName = '', shortOfOneMachine } = fleet.hostNames;
    const full = await resolve({ hostName });
    expect([full.match, full.candidates, full.source, await calls()]).toEqual(['exact', [], 'defender', 1]);
    expect(full.machine).toEqual(rows.find(({ computerDnsName }) => computerDnsName === hostName));
    const short = await resolve({ hostName: shortOfOneMachine?.toUpperCase() });
    expect([short.machine, short.source, await calls()]).toEqual([full.machine, 'cache', 1]);
  });

  it('calls it ambiguous where two machines have the name, and tells of both', async () => {
    const { inTwoDomains: hostName } = fleet.hostNames;
    const { match, machine, candidates } = await resolve({ hostName });
    const ids = (all: readonly Readonly<Record<string, unknown>>[]) => all.map(({ id }) => id).sort();
    expect([match, machine, await calls()]).toEqual(['ambiguous', null, 1]);
    expect(ids(candidates.map((candidate) => candidate.machine))).toEqual(ids(named(hostName)));
    expect(candidates.length).toBeGreaterThan(1);
    const [one] = candidates;
    const sure = await resolve({ hostName: String(one?.machine.computerDnsName) });
    expect([sure.match, sure.machine, await calls()]).toEqual(['exact', one?.machine, 1]);
  });

  it.each([
    ['a name that nobody has', () => ({ hostName: fleet.hostNames.unknown })],
    ['a piece of a name', () => ({ hostName: fleet.hostNames.shortOfOneMachine?.slice(0, -1) })],
    ['an address that nobody had last', () => ({ ipAddress: fleet.ipAddresses.unknown })],
    ['a device id that nobody has', () => ({ aadDeviceId: fleet.aadDeviceIds.unknown })],
    ['a machine id that nobody has', () => ({ machineId: fleet.examples.unknownMachineId })],
    ['an alert that nobody knows', () => ({ alertId: fleet.examples.unknownAlertId })],
  ])('says of %s that there is none', async (_, asked) => {
    const { match, machine, candidates } = await resolve(asked());
    expect([match, machine, candidates]).toEqual(['none', null, []]);
  });

  it('follows a merged record to the machine that it became, and says what it set behind', async () => {
    const { mergedMachineId: machineId } = fleet.examples;
    const { match, machine, candidates } = await resolve({ machineId });
    const target = rowOf(machineId)?.mergedIntoMachineId;
    expect([match, machine?.id]).toEqual(['exact', target]);
    expect(candidates.map((candidate) => [candidate.machine.id, candidate.behind])).toEqual([
      [machineId, 'mergedIntoAnother'],
    ]);
  });

  it('gives the machine of an alert, of whatever form its id has', async () => {
    for (const alertId of Object.values(fleet.alertIds)) {
      const { match, machine } = await resolve({ alertId });
      expect([alertId, match, rowOf(machine?.id)]).toEqual([alertId, 'exact', machine]);
    }
  });

  it('gives the machine of an address where one alone had it last, and of a device id', async () => {
    const { machine } = await resolve({ ipAddress: fleet.ipAddresses.ofOneMachine });
    expect(machine).toEqual(rows.find(({ lastIpAddress }) => lastIpAddress === fleet.ipAddresses.ofOneMachine));
    expect((await resolve({ ipAddress: fleet.ipAddresses.ofSeveralMachines })).match).toBe('ambiguous');
    const { ofOneMachine: aadDeviceId } = fleet.aadDeviceIds;
    expect((await resolve({ aadDeviceId })).machine?.aadDeviceId).toBe(aadDeviceId);
  });

  it.each([
    '',
    'hostName=a&ipAddress=10.0.0.1',
    'hostName=*',
    'hostname=',
    'ipAddress=300.0.0.1',
    'name=a',
    'machineId=x',
  ])('refuses ?%s with what would be right, and asks for nothing', async (query) => {
    const response = await gateway.get(`${address}?${query}`);
    expect([response.status, await calls()]).toEqual([400, 0]);
    expect((await errorOf(response)).message.length).toBeGreaterThan(30);
  });
});

describe('POST /gateway/machines/resolve', () => {
  it('answers many at once, in their order, each as it would be alone, in few calls', async () => {
    const labels = [
      ...new Set(rows.map(({ computerDnsName }) => String(computerDnsName).split('.')[0]?.toLowerCase())),
    ];
    const asked: readonly Asked[] = [
      ...labels.slice(-70).map((hostName) => ({ hostName })),
      ...rows.slice(-20).map(({ id }) => ({ machineId: String(id) })),
      { hostName: fleet.hostNames.unknown },
      { hostName: fleet.hostNames.unknown },
      { hostName: 'a', ipAddress: '10.0.0.1' },
    ];
    const response = await gateway.post(address, { requests: asked.map((one, i) => ({ id: `${i}`, ...one })) });
    const { responses } = JSON.parse(await response.text());
    expect(responses.map(({ id }: { id: string }) => id)).toEqual(asked.map((_, i) => `${i}`));
    expect(await calls()).toBeLessThanOrEqual(5 + 1 + 1 + 6);
    for (const [i, { status, body }] of responses.entries()) {
      for (const { id } of named(asked[i]?.hostName)) expect(JSON.stringify(body)).toContain(id);
      if (i === asked.length - 1) expect([status, body.error.code]).toEqual([400, 'InvalidInput']);
      else
        expect({ ...body, source: '', ageSeconds: 0 }).toEqual({
          ...(await resolve(asked[i] ?? {})),
          source: '',
          ageSeconds: 0,
        });
    }
  });
});
