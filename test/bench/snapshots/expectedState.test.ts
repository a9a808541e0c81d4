import { expectedState } from '../../../bench/snapshots/check/expectedState.ts';
import { fleetOf } from '../../../src/local/simulator/fleet/fleet.ts';

const asOf = Date.parse('2026-02-01T00:00:00Z');
const startedAt = '2026-02-01T01:00:00Z';
const fleet = () => fleetOf({ machines: 2000, seed: 1, asOf, tenantId: '' });

describe('the state that is expected of a simulated machine', () => {
  it('is that of the preview’s list, for those that are on it', () => {
    const known = fleet();
    const states = Array.from({ length: 2000 }, (_, index) => expectedState(known, index, 'preview', startedAt));
    const listed = new Map(Array.from(known.securityStates(), (state) => [state.id, state]));
    expect(states.filter((state) => state !== undefined)).toHaveLength(listed.size);
    for (const state of states) if (state) expect(state).toEqual(listed.get(state.id));
  });

  it('is composed of every machine, with all that may require attention', () => {
    const known = fleet();
    const states = Array.from({ length: 2000 }, (_, index) => expectedState(known, index, 'composed', startedAt));
    const names = new Set(states.flatMap((state) => state?.propertiesRequireAttention ?? []));
    expect(states.filter((state) => state === undefined)).toEqual([]);
    expect([...names].sort()).toEqual([
      'AntivirusDisabled',
      'AntivirusNotReporting',
      'AntivirusNotUpdated',
      'EdrImpairedCommunications',
      'EdrNoSensorData',
    ]);
  });

  it('follows what changes in the fleet', () => {
    const known = fleet();
    const withHealth = (healthStatus: string) => {
      const machine = known.machines().at(0);
      if (machine) known.change(machine, { healthStatus });
      return expectedState(known, 0, 'composed', startedAt)?.propertiesRequireAttention;
    };
    expect(withHealth('Active')).not.toContain('EdrImpairedCommunications');
    expect(withHealth('ImpairedCommunication')).toContain('EdrImpairedCommunications');
  });
});
