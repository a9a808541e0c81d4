import { createHash } from 'node:crypto';
import { type Fleet, fleetOf } from '../../../src/local/simulator/fleet/fleet.ts';
import { machineAt, type SimulatedMachine } from '../../../src/local/simulator/fleet/machine.ts';
import { fleetSummary } from '../../../src/local/simulator/fleetSummary.ts';

const plan = { machines: 10_000, seed: 1, asOf: Date.parse('2026-02-01T00:00:00Z'), tenantId: 'tenant' };
const fingerprint = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const whole = (fleet: Fleet) => [
  [...fleet.machines()],
  fleet.alerts(),
  [...fleet.securityStates()],
  [...fleet.antivirus()],
];

describe('a fleet', () => {
  it('has the same bytes for the same seed, on every Node', () => {
    const small = { ...plan, machines: 300 };
    expect(fingerprint(whole(fleetOf(small)))).toBe(fingerprint(whole(fleetOf(small))));
    expect(fingerprint(whole(fleetOf(small)))).toBe('677b5952cc610395bd196903857b1d72b164be7d00a35fe656d90713f54928d9');
  });

  it('has other machines for another seed', () => {
    const ids = (seed: number) => [...fleetOf({ ...plan, machines: 100, seed }).machines()].map(({ id }) => id);
    expect(new Set([...ids(1), ...ids(2)]).size).toBe(199);
  });

  it('makes a machine alone as it makes it among all', () => {
    expect(machineAt(plan, 4321)).toEqual(fleetOf(plan).machines().at(4321));
  });

  it('gives 100,000 machines an id each', () => {
    const ids = Array.from(fleetOf({ ...plan, machines: 100_000 }).machines(), ({ id }) => id);
    expect(new Set(ids).size).toBe(100_000);
    expect(ids.filter((id) => !/^[0-9a-f]{40}$/.test(id))).toEqual([]);
  });

  it.each([0, 1, 2, 33])('holds together with %i machines', (machines) => {
    const fleet = fleetOf({ ...plan, machines });
    const all = [...fleet.machines()];
    const known = new Set(all.map(({ id }) => id));
    expect(all).toHaveLength(machines);
    expect(all.filter(({ mergedIntoMachineId: id }) => id !== null && !known.has(id))).toEqual([]);
  });
});

describe('the lists of a fleet', () => {
  const fleet = fleetOf(plan);
  const ids = Array.from(fleet.machines(), ({ id }) => id);
  const places = new Map(ids.map((id, place) => [id, place]));
  const rising = (order: readonly string[]) =>
    order.filter((id, at) => (places.get(id) ?? 0) > (places.get(order[at - 1] ?? '') ?? 0)).length / order.length;
  const orders = (of: Fleet) => [
    Array.from(of.securityStates(), ({ id }) => id),
    Array.from(of.antivirus(), ({ machineId }) => machineId),
  ];

  it('come in orders that have nothing to do with each other', () => {
    for (const order of orders(fleet)) expect(Math.abs(rising(order) - 0.5)).toBeLessThan(0.05);
    const [states = [], rows = []] = orders(fleet);
    const both = new Set(rows);
    expect(states.filter((id) => both.has(id))).not.toEqual([...both].filter((id) => states.includes(id)));
  });

  it('keep their orders when a machine goes, and when one comes', () => {
    const other = fleetOf(plan);
    const before = orders(other);
    const gone = before[0]?.[100] ?? '';
    other.remove(other.machine(gone) as SimulatedMachine);
    expect(orders(other)).toEqual(before.map((order) => order.filter((id) => id !== gone)));
    const { id: come } = other.add({});
    expect(orders(other).map((order) => order.filter((id) => id !== come))).toEqual(
      before.map((order) => order.filter((id) => id !== gone)),
    );
  });
});

describe('a machine', () => {
  const machines = [...fleetOf(plan).machines()];
  const share = (fits: (machine: SimulatedMachine) => boolean) => machines.filter(fits).length / machines.length;
  const some = (fits: (machine: SimulatedMachine) => boolean) => machines.some(fits);

  it('has the keys of captured answers, in their order', () => {
    expect(Object.keys(machines[0] ?? {}).join(' ')).toBe(
      'id mergedIntoMachineId isPotentialDuplication isExcluded exclusionReason computerDnsName firstSeen lastSeen ' +
        'osPlatform osVersion osProcessor version lastIpAddress lastExternalIpAddress agentVersion osBuild ' +
        'healthStatus deviceValue rbacGroupId rbacGroupName riskScore exposureLevel isAadJoined aadDeviceId ' +
        'machineTags onboardingStatus osArchitecture managedBy managedByStatus ipAddresses vmMetadata',
    );
    expect(some((machine) => !('osVersion' in machine))).toBe(true);
  });

  it('is Windows in most cases, healthy in most, and Linux, a Mac or a phone at times', () => {
    expect(share(({ osPlatform }) => osPlatform.startsWith('Windows'))).toBeCloseTo(0.875, 1);
    expect(share(({ healthStatus }) => healthStatus === 'Active')).toBeGreaterThan(0.65);
    expect(share(({ healthStatus }) => healthStatus === 'Inactive')).toBeGreaterThan(0.05);
    for (const platform of ['RedHatEnterpriseLinux', 'Ubuntu', 'macOS', 'iOS', 'WindowsServer2016'])
      expect(share(({ osPlatform }) => osPlatform === platform)).toBeGreaterThan(0.005);
  });

  it('has no build on Red Hat, and a small one on Ubuntu', () => {
    const builds = (platform: string) =>
      new Set(
        machines
          .filter(({ osPlatform, onboardingStatus }) => osPlatform === platform && onboardingStatus === 'Onboarded')
          .map(({ osBuild }) => osBuild),
      );
    expect(builds('RedHatEnterpriseLinux')).toEqual(new Set([null]));
    expect(builds('Ubuntu')).toEqual(new Set([5, 6]));
  });

  it('has a number as device group, 0 without a name where it has none', () => {
    expect(machines.every(({ rbacGroupId }) => typeof rbacGroupId === 'number')).toBe(true);
    expect(some(({ rbacGroupId, rbacGroupName }) => rbacGroupId === 0 && rbacGroupName === null)).toBe(true);
    expect(some(({ rbacGroupName }) => rbacGroupName?.includes("'") ?? false)).toBe(true);
  });

  it('was merged into a record of the same name that leads to one that was not', () => {
    const byId = new Map(machines.map((machine) => [machine.id, machine]));
    const merged = machines.filter(({ mergedIntoMachineId }) => mergedIntoMachineId !== null);
    const next = (machine: SimulatedMachine) => byId.get(machine.mergedIntoMachineId ?? '');
    expect(merged.length).toBeGreaterThan(500);
    expect(merged.filter((machine) => next(machine)?.computerDnsName !== machine.computerDnsName)).toEqual([]);
    expect(merged.some((machine) => next(machine)?.mergedIntoMachineId)).toBe(true);
    expect(merged.filter((machine) => next(next(machine) ?? machine)?.mergedIntoMachineId)).toEqual([]);
    expect(merged.every(({ isPotentialDuplication }) => isPotentialDuplication)).toBe(true);
  });

  it('shares its name with another id where it was re-imaged', () => {
    const [former, fresh] = [machines[27], machines[31]];
    expect(fresh?.computerDnsName).toBe(former?.computerDnsName);
    expect(fresh?.id).not.toBe(former?.id);
    expect([former?.mergedIntoMachineId, fresh?.mergedIntoMachineId]).toEqual([null, null]);
  });

  it('is called by a full name in most cases, by a bare one in mixed case or by none at times', () => {
    expect(share(({ computerDnsName }) => /^[a-z0-9-]+(\.[a-z]+)+$/.test(computerDnsName ?? ''))).toBeGreaterThan(0.85);
    expect(some(({ computerDnsName }) => /^C-Lab-\d+$/.test(computerDnsName ?? ''))).toBe(true);
    expect(some(({ computerDnsName }) => computerDnsName === null)).toBe(true);
  });

  it('has addresses of every kind: IPv6, loopback, empty, none, one that others have as well', () => {
    const all = machines.flatMap(({ ipAddresses }) => ipAddresses);
    const local = machines.map(({ lastIpAddress }) => lastIpAddress);
    expect(all.some(({ ipAddress }) => ipAddress.startsWith('fe80::'))).toBe(true);
    expect(all.some(({ ipAddress, macAddress }) => ipAddress === '127.0.0.1' && macAddress === null)).toBe(true);
    expect(all.some(({ ipAddress, macAddress }) => ipAddress === '::1' && macAddress === '000000000000')).toBe(true);
    expect(all.some(({ ipAddress, operationalStatus }) => ipAddress === '' && operationalStatus === 'Down')).toBe(true);
    expect(local).toContain(null);
    expect(new Set(local).size).toBeLessThan(local.length - 100);
    expect(some(({ lastExternalIpAddress }) => lastExternalIpAddress?.includes(':') ?? false)).toBe(true);
  });

  it('was seen at instants of up to seven decimals, none a trailing zero, none after the fleet was made', () => {
    const instants = machines.flatMap(({ firstSeen, lastSeen }) => [firstSeen, lastSeen]);
    expect(instants.filter((text) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,6}[1-9])?Z$/.test(text))).toEqual([]);
    expect(instants.filter((text) => /\.\d{7}Z$/.test(text)).length).toBeGreaterThan(instants.length / 2);
    expect(machines.filter(({ firstSeen, lastSeen }) => firstSeen > lastSeen || lastSeen > '2026-02-01')).toEqual([]);
  });

  it('is joined without an id at times, and lies in Azure at times', () => {
    expect(some(({ isAadJoined, aadDeviceId }) => isAadJoined === true && aadDeviceId === null)).toBe(true);
    expect(some(({ vmMetadata }) => vmMetadata?.cloudProvider === 'Azure')).toBe(true);
    expect(share(({ vmMetadata }) => vmMetadata === null)).toBeGreaterThan(0.8);
    expect(some(({ machineTags }) => machineTags.includes("Don't patch"))).toBe(true);
  });
});

describe('what else Defender knows', () => {
  const fleet = fleetOf(plan);

  it('is who used which machine, under names that break URLs and filters', () => {
    for (const user of ['user1', "o'brien", 'müller', 'anna maria', 'svc_backup$', '100%ig', 'a&b'])
      expect(fleet.ofUser(user).length).toBeGreaterThan(0);
    expect(fleet.ofUser('administrator').length).toBeGreaterThan(500);
    expect(fleet.ofUser('USER1')).toEqual(fleet.ofUser('user1'));
  });

  it('is which machines spoke to a domain, far more than 500 for some', () => {
    expect(fleet.ofDomain('login.microsoftonline.com', 20_000)).toHaveLength(10_000);
    expect(fleet.ofDomain('malware.example', 20_000).length).toBeLessThan(200);
    expect(fleet.ofDomain('malware.example', 20_000).length).toBeGreaterThan(0);
    expect(fleet.ofDomain('unknown.example', 500)).toEqual([]);
  });

  it('is alerts under ids of every shape, the digits being ticks of their creation', () => {
    const ids = fleet.alerts().map(({ id }) => id);
    for (const shape of [
      /^\d{18}_\d+$/,
      /^da\d{18}_\d+$/,
      /^da\d{18}_-\d+$/,
      /^ed\d{18}_-\d+$/,
      /^da[0-9a-f-]{36}$/,
      /^[0-9a-f-]{36}_1$/,
      /^ed[0-9a-f-]{36}$/,
    ])
      expect(ids.some((id) => shape.test(id))).toBe(true);
    const prefixed = fleet.alerts().find(({ id }) => /^da\d{18}_/.test(id));
    const milliseconds = Number(prefixed?.id.slice(2, 16)) - 62_135_596_800_000;
    expect(new Date(milliseconds).toISOString().slice(0, 23)).toBe(prefixed?.alertCreationTime.slice(0, 23));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is shown by an alert id of each shape, of machines that exist', () => {
    const { alertIds } = fleetSummary(fleet);
    expect(alertIds).toEqual({
      prefixed: expect.stringMatching(/^da\d{18}_\d+$/),
      negative: expect.stringMatching(/^da\d{18}_-\d+$/),
      bare: '636688558380765161_2136280442',
      prefixedGuid: expect.stringMatching(/^da[0-9a-f-]{36}$/),
      customDetectionGuid: expect.stringMatching(/^ed[0-9a-f-]{36}$/),
      customDetection: expect.stringMatching(/^ed\d{18}_-\d+$/),
      bareGuid: expect.stringMatching(/^[0-9a-f-]{36}_1$/),
      numberedGuid: expect.stringMatching(/^da[0-9a-f-]{36}_1$/),
    });
    const machineOf = (id = '') => fleet.machine(String(fleet.alert(id)?.machineId));
    expect(Object.values(alertIds).map(machineOf)).not.toContain(undefined);
  });

  it('is alerts that have a resolvedTime when they are resolved, and then only', () => {
    const wrong = fleet.alerts().filter((alert) => (alert.status === 'Resolved') !== (alert.resolvedTime !== null));
    expect(wrong).toEqual([]);
    expect(fleet.alerts().some(({ resolvedTime }) => resolvedTime !== null)).toBe(true);
  });

  it('is as many alerts as its plan says, the first of them the same', () => {
    const many = fleetOf({ ...plan, machines: 400, alerts: 1_000 });
    expect(many.alerts()).toHaveLength(1_000);
    expect(new Set(many.alerts().map(({ id }) => id)).size).toBe(1_000);
    expect(many.alerts().slice(0, 80)).toEqual(fleetOf({ ...plan, machines: 400 }).alerts());
  });

  it('is alerts of machines that it no longer knows, and of none', () => {
    const unknown = fleet.alerts().filter(({ machineId }) => machineId && !fleet.machine(machineId));
    expect(unknown.length).toBeGreaterThan(10);
    expect(fleet.alerts().some(({ machineId }) => machineId === null)).toBe(true);
  });

  it('is the security state of every Windows machine with a sensor', () => {
    const states = [...fleet.securityStates()];
    const state = states.find(({ build }) => build === 22631);
    expect(state).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{40}$/), architecture: 'Amd64', build: 22631 });
    expect(state?.osVersion).toMatch(/^10\.0\.22631\.\d+\.amd64fre\.ni_release\.220506-1250$/);
    const attention = new Set(states.flatMap(({ propertiesRequireAttention: names }) => names));
    expect(attention).toEqual(new Set(['AntivirusNotReporting', 'EdrImpairedCommunications']));
  });

  it('is antivirus rows with their traps: none, two for a machine, the year 1, verdicts and modes in text', () => {
    const rows = [...fleet.antivirus()];
    const machines = new Set(rows.map(({ machineId }) => machineId));
    const onboarded = [...fleet.machines()].filter(({ onboardingStatus }) => onboardingStatus === 'Onboarded');
    expect(rows.length).toBeGreaterThan(machines.size);
    expect(machines.size).toBeLessThan(onboarded.length);
    expect(rows.some(({ avSignatureUpdateTime }) => avSignatureUpdateTime === '0001-01-01T00:00:00Z')).toBe(true);
    expect(new Set(rows.map(({ avIsEngineUpToDate }) => avIsEngineUpToDate))).toEqual(
      new Set(['True', 'False', 'Unknown']),
    );
    expect(new Set(rows.map(({ avMode }) => avMode))).toEqual(new Set(['', '0', '1', '2', '3', '4', '5']));
    expect(rows.filter(({ id, machineId }) => id === machineId)).toEqual([]);
  });
});
