import { fleetOf } from '../../../src/local/simulator/fleet/fleet.ts';
import type { SimulatedMachine } from '../../../src/local/simulator/fleet/machine.ts';
import { fleetSummary } from '../../../src/local/simulator/fleetSummary.ts';

const fleet = (machines: number, seed = 1) =>
  fleetOf({ machines, seed, asOf: Date.parse('2026-02-01T00:00:00Z'), tenantId: 'tenant' });

describe('what a fleet of 500 shows of looking machines up', () => {
  const shown = fleet(500);
  const { hostNames, ipAddresses, aadDeviceIds, incident } = fleetSummary(shown);
  const label = (name: string | null | undefined) => name?.toLowerCase().split('.')[0];
  const named = (name: string | undefined) =>
    [...shown.machines()].filter((one) => label(one.computerDnsName) === label(name));
  const only = (fits: (machine: SimulatedMachine) => boolean, name: string | undefined) => {
    const found = named(name);
    expect([found.length, found.every(fits)]).toEqual([1, true]);
  };

  it('is an example of each kind', () => {
    const all = [hostNames, ipAddresses, aadDeviceIds].flatMap((examples) => Object.values(examples));
    expect(all).not.toContain(undefined);
    expect(all).toHaveLength(16);
  });

  it('is a name of one machine, whole, short, and without a domain', () => {
    only(({ healthStatus }) => healthStatus === 'Active', hostNames.ofOneMachine);
    expect(hostNames.ofOneMachine).toMatch(/^[^.]+\..+$/);
    expect(hostNames.shortOfOneMachine).toBe(label(hostNames.ofOneMachine));
    only(({ computerDnsName }) => computerDnsName === hostNames.bare, hostNames.bare);
    expect(hostNames.bare).not.toContain('.');
  });

  it('is a short name that stands in two domains, both machines active', () => {
    const found = named(hostNames.inTwoDomains);
    expect(found.map(({ computerDnsName }) => computerDnsName)).toEqual([
      expect.stringContaining('.contoso.com'),
      expect.stringContaining('.fabrikam.com'),
    ]);
    expect(found.map(({ healthStatus }) => healthStatus)).toEqual(['Active', 'Active']);
    expect(hostNames.inTwoDomains).not.toContain('.');
  });

  it('is a bare name in capitals beside a whole one', () => {
    const [whole, bare, ...more] = named(hostNames.bareAndInADomain).map(({ computerDnsName }) => computerDnsName);
    expect([bare, more]).toEqual([whole?.split('.')[0]?.toUpperCase(), []]);
    expect(whole).toContain('.');
  });

  it('is a name of a machine that came back under another id, and of one that was merged twice', () => {
    const reimaged = named(hostNames.reimaged);
    expect(reimaged.map(({ computerDnsName: name }) => name)).toEqual([hostNames.reimaged, hostNames.reimaged]);
    expect(new Set(reimaged.map(({ id }) => id)).size).toBe(2);
    const [kept, second, third] = named(hostNames.mergedTwice);
    expect([kept?.mergedIntoMachineId, second?.mergedIntoMachineId, third?.mergedIntoMachineId]).toEqual([
      null,
      kept?.id,
      second?.id,
    ]);
  });

  it('is names of machines that do not count: excluded, not onboarded, inactive, unknown', () => {
    only(({ isExcluded }) => isExcluded, hostNames.excluded);
    only(({ onboardingStatus }) => onboardingStatus !== 'Onboarded', hostNames.notOnboarded);
    only(({ healthStatus }) => healthStatus === 'Inactive', hostNames.inactive);
    expect(named(hostNames.unknown)).toEqual([]);
  });

  it('is addresses and device ids of one machine, of several and of none', () => {
    const at = (address?: string) => [...shown.machines()].filter(({ lastIpAddress }) => lastIpAddress === address);
    const device = (id?: string) => [...shown.machines()].filter(({ aadDeviceId }) => aadDeviceId === id);
    expect([at(ipAddresses.ofOneMachine).length, at(ipAddresses.unknown).length]).toEqual([1, 0]);
    expect(at(ipAddresses.ofSeveralMachines).filter(({ healthStatus: health }) => health === 'Active').length).toBe(2);
    expect([device(aadDeviceIds.ofOneMachine).length, device(aadDeviceIds.unknown).length]).toEqual([1, 0]);
  });

  it('is an incident: an alert, its machine by a name that no other bears, and a user of it', () => {
    const machine = shown.machine(incident?.machineId ?? '');
    expect(shown.alert(incident?.alertId ?? '')?.machineId).toBe(machine?.id);
    expect(named(incident?.hostName)).toEqual([machine]);
    expect(shown.ofUser(incident?.user ?? '')).toContain(machine);
  });
});

describe('a fleet of another seed or size', () => {
  it.each([2, 3, 4, 5])('has names that do not say which machine is meant: seed %i', (seed) => {
    const { hostNames, incident } = fleetSummary(fleet(500, seed));
    expect([hostNames.ofOneMachine, hostNames.mergedTwice, incident]).not.toContain(undefined);
    expect(
      [hostNames.inTwoDomains, hostNames.reimaged, hostNames.bareAndInADomain].filter(Boolean).length,
    ).toBeGreaterThan(0);
  });

  it('says so where it is too small to have an example', () => {
    const { hostNames, incident } = fleetSummary(fleet(0));
    expect(hostNames).toEqual({ unknown: 'nowhere.contoso.com' });
    expect(incident).toBeUndefined();
  });
});
