import { sameState } from '../../../src/snapshots/merge/sameState.ts';
import type { SecurityState } from '../../../src/snapshots/securityState.ts';
import { stateOf } from '../support/states.ts';

const same = (one: Partial<SecurityState>, other: Partial<SecurityState>): boolean => {
  const [a, b] = [stateOf('a', one), stateOf('a', other)];
  const there = sameState(a, b);
  expect(sameState(b, a)).toBe(there);
  return there;
};

const versions = (one: string | null, other: string | null) => same({ osVersion: one }, { osVersion: other });

describe('two states', () => {
  it('are the same where every field is', () => {
    expect(same({}, {})).toBe(true);
    expect(same({ build: null }, { build: null })).toBe(true);
  });

  it.each([
    [{ id: 'b' }],
    [{ build: 14394 }],
    [{ build: null }],
    [{ revision: 2486 }],
    [{ architecture: 'Arm64' }],
    [{ architecture: 'amd64' }],
    [{ osVersion: '10.0.14393.2486' }],
    [{ osVersion: null }],
    [{ propertiesRequireAttention: ['Sensor'] }],
  ])('are not the same where one has %j', (other) => {
    expect(same({}, other)).toBe(false);
  });

  it('are the same where properties stand in another order, or twice', () => {
    expect(same({ propertiesRequireAttention: ['A', 'B'] }, { propertiesRequireAttention: ['B', 'A'] })).toBe(true);
    expect(same({ propertiesRequireAttention: ['A', 'B'] }, { propertiesRequireAttention: ['B', 'A', 'A'] })).toBe(
      true,
    );
  });

  it('are not the same where one has a property more', () => {
    expect(same({ propertiesRequireAttention: ['A', 'B'] }, { propertiesRequireAttention: ['A', 'A'] })).toBe(false);
    expect(same({ propertiesRequireAttention: ['A'] }, { propertiesRequireAttention: ['A', 'B'] })).toBe(false);
  });

  it('have the same version where its first four numbers are the same', () => {
    expect(versions('10.0.14393.2485.amd64fre.rs1_release.180827-1809', '10.0.14393.2485')).toBe(true);
    expect(versions('10.0.14393.2485.amd64fre.rs1', '10.0.14393.2485.amd64fre.rs2')).toBe(true);
    expect(versions('10.0.14393.2485.1', '10.0.14393.2485')).toBe(true);
  });

  it('have another version where one of the four is different, or longer', () => {
    expect(versions('10.0.14393.2485.amd64fre.rs1', '10.0.14393.2486.amd64fre.rs1')).toBe(false);
    expect(versions('10.0.14393.248', '10.0.14393.2485')).toBe(false);
    expect(versions('10.0.14393.24-85', '10.0.14393.24')).toBe(false);
  });

  it('have the same version only where the text is, if it has no four numbers', () => {
    expect(versions('22.04.jammy', '22.04.jammy')).toBe(true);
    expect(versions('22.04.jammy', '22.04.focal')).toBe(false);
    expect(versions('10.0.14393', '10.0.14393.0')).toBe(false);
    expect(versions('v10.0.14393.2485.a', 'v10.0.14393.2485.b')).toBe(false);
  });
});
