import { asking, idOf, inShort, machine, verdictOn } from './support/machines.ts';

const short = asking('hostName', 'srv02');
const full = asking('hostName', 'srv02.contoso.com');
const fabrikam = { computerDnsName: 'srv02.fabrikam.com' };
const bare = { computerDnsName: 'SRV02' };
const earlier = { lastSeen: '2026-11-01T08:00:00Z' };

describe('a short name', () => {
  it('is exact where one machine has it as its first label', () => {
    expect(inShort(verdictOn(short, machine('a')))).toEqual({ match: 'exact', machine: 'a', candidates: [] });
  });

  it('is never a part of a label', () => {
    const others = ['srv021.contoso.com', 'xsrv02.contoso.com', 'srv02-old', 'db.srv02.contoso.com', 'srv', null, ''];
    const rows = others.map((computerDnsName, i) => machine(`${i}`, { computerDnsName }));
    expect(inShort(verdictOn(short, ...rows))).toEqual({ match: 'none', machine: null, candidates: [] });
    expect(verdictOn(short, ...rows).message).toBe('Defender has no machine of the name srv02.');
    expect(inShort(verdictOn(short, ...rows, machine('a'))).machine).toBe('a');
  });

  it('is compared without regard to case', () => {
    expect(inShort(verdictOn(short, machine('a', { computerDnsName: 'SRV02.Contoso.COM.' }))).match).toBe('exact');
  });

  it('is ambiguous where two domains have such a machine, however long one of them was not seen', () => {
    const verdict = verdictOn(short, machine('a'), machine('b', { ...fabrikam, ...earlier }));
    expect(inShort(verdict)).toEqual({
      match: 'ambiguous',
      machine: null,
      candidates: [
        ['a', null],
        ['b', null],
      ],
    });
    expect(verdict.message).toBe(
      'srv02 may be any of 2 records: srv02.contoso.com and srv02.fabrikam.com. Ask with the full name, the Entra device id (aadDeviceId) or the machineId.',
    );
  });

  it('is ambiguous between a full and a bare name, however long one of them was not seen', () => {
    expect(inShort(verdictOn(short, machine('a'), machine('b', { ...bare, ...earlier }))).match).toBe('ambiguous');
    expect(inShort(verdictOn(short, machine('a', earlier), machine('b', bare))).match).toBe('ambiguous');
  });

  it.each([
    ['excluded', { isExcluded: true }],
    ['notOnboarded', { onboardingStatus: 'CanBeOnboarded' }],
    ['inactive', { healthStatus: 'Inactive' }],
  ])('sets a machine of another domain behind that is %s', (behind, state) => {
    for (const name of [fabrikam, bare]) {
      expect(inShort(verdictOn(short, machine('a', earlier), machine('b', { ...name, ...state })))).toEqual({
        match: 'exact',
        machine: 'a',
        candidates: [['b', behind]],
      });
    }
  });

  it('does not set a machine of another domain behind because it is marked as a duplicate', () => {
    const marked = machine('b', { ...fabrikam, isPotentialDuplication: true });
    expect(inShort(verdictOn(short, machine('a'), marked)).match).toBe('ambiguous');
  });
});

describe('a full name', () => {
  it('is exact where one machine has it', () => {
    expect(inShort(verdictOn(full, machine('a'))).match).toBe('exact');
  });

  it('is not another domain’s machine, and says that there is one', () => {
    const verdict = verdictOn(full, machine('b', fabrikam));
    expect(inShort(verdict)).toEqual({ match: 'none', machine: null, candidates: [] });
    expect(verdict.message).toBe(
      'Defender has no machine of the name srv02.contoso.com. srv02.fabrikam.com is in another domain.',
    );
  });

  it('does not stand behind another domain’s machine', () => {
    const inactive = machine('a', { healthStatus: 'Inactive' });
    expect(inShort(verdictOn(full, inactive, machine('b', fabrikam)))).toEqual({
      match: 'exact',
      machine: 'a',
      candidates: [],
    });
  });

  it('is never exact by a bare name alone', () => {
    const verdict = verdictOn(full, machine('b', bare));
    expect(inShort(verdict)).toEqual({ match: 'ambiguous', machine: null, candidates: [['b', null]] });
    expect(verdict.message).toMatch(
      /^No record is named srv02.contoso.com; there is SRV02 \(b0+\), whose name has no domain: it may be the machine/,
    );
    expect(verdict.candidates[0]?.reason).toMatch(
      /^Its name is srv02, without a domain, last seen 2026-11-20T08:00:00Z/,
    );
  });

  it('goes before a bare name that was seen about as late', () => {
    const verdict = verdictOn(full, machine('a'), machine('b', { ...bare, lastSeen: '2026-11-21T08:00:00Z' }));
    expect(inShort(verdict)).toEqual({ match: 'exact', machine: 'a', candidates: [['b', 'nameWithoutDomain']] });
  });

  it.each([
    ['was seen long after', {}],
    ['or the other was seen at a time that is not known', { lastSeen: null }],
  ])('does not go before a bare name that %s', (_, more) => {
    expect(inShort(verdictOn(full, machine('a', earlier), machine('b', { ...bare, ...more }))).match).toBe('ambiguous');
    expect(inShort(verdictOn(full, machine('a', { lastSeen: null }), machine('b', bare))).match).toBe('ambiguous');
  });

  it('is not given up for a bare name when it is inactive', () => {
    const verdict = verdictOn(full, machine('a', { healthStatus: 'Inactive' }), machine('b', bare));
    expect(inShort(verdict)).toEqual({
      match: 'ambiguous',
      machine: null,
      candidates: [
        ['b', null],
        ['a', 'inactive'],
      ],
    });
    expect(verdict.message).toMatch(
      /^The record named srv02.contoso.com is set behind SRV02 \(b0+\), whose name has no/,
    );
  });

  it('is a bare name that the same device goes by now, as its Entra id shows', () => {
    const device = { aadDeviceId: '80fe8ff8-2624-418e-9591-41f0491218f9' };
    const rows = [machine('a', { ...device, ...earlier }), machine('b', { ...bare, ...device })];
    expect(inShort(verdictOn(full, ...rows))).toEqual({
      match: 'exact',
      machine: 'b',
      candidates: [['a', 'seenEarlier']],
    });
  });
});

describe('records of one full name', () => {
  it.each([
    ['excluded', { isExcluded: true, exclusionReason: 'InactiveDevice' }, 'It is excluded (InactiveDevice)'],
    ['notOnboarded', { onboardingStatus: 'InsufficientInfo' }, 'It is not onboarded (InsufficientInfo)'],
    ['inactive', { healthStatus: 'Inactive' }, 'It is Inactive, last seen 2026-11-20T08:00:00Z'],
    ['potentialDuplicate', { isPotentialDuplication: true }, 'Defender takes it for a duplicate'],
    ['seenEarlier', earlier, 'It was last seen 2026-11-01T08:00:00Z, 19 days before srv02.contoso.com (a0'],
  ])('are told apart: one is %s', (behind, state, reason) => {
    const verdict = verdictOn(short, machine('b', state), machine('a'));
    expect(inShort(verdict)).toEqual({ match: 'exact', machine: 'a', candidates: [['b', behind]] });
    expect(verdict.candidates[0]?.reason).toContain(reason);
    expect(verdict.message).toBe(`srv02 is srv02.contoso.com (${idOf('a')}). One other record is set behind it.`);
  });

  it('are set behind by the first rule that holds', () => {
    const worst = { isExcluded: true, onboardingStatus: 'Unsupported', healthStatus: 'Inactive', ...earlier };
    const rows = [
      machine('b', { ...worst, mergedIntoMachineId: idOf('a') }),
      machine('c', worst),
      machine('d', { ...worst, isExcluded: false }),
      machine('e', { ...worst, isExcluded: false, onboardingStatus: 'onboarded' }),
      machine('f', { ...earlier, isPotentialDuplication: true }),
    ];
    expect(inShort(verdictOn(short, ...rows, machine('a'))).candidates).toEqual([
      ['b', 'mergedIntoAnother'],
      ['c', 'excluded'],
      ['d', 'notOnboarded'],
      ['e', 'inactive'],
      ['f', 'potentialDuplicate'],
    ]);
  });

  it.each([
    ['isExcluded', true],
    ['onboardingStatus', 'CanBeOnboarded'],
    ['healthStatus', 'Inactive'],
    ['isPotentialDuplication', true],
    ['lastSeen', '2026-11-01T08:00:00Z'],
  ])('are not told apart by %s where one of them does not say it', (property, worse) => {
    for (const unknown of [null, undefined, '', 'Unknown']) {
      const rows = [machine('a', { [property]: unknown }), machine('b', { [property]: worse })];
      if (property === 'onboardingStatus' && unknown === 'Unknown') continue;
      expect(inShort(verdictOn(short, ...rows)).match).toBe('ambiguous');
    }
  });

  it.each(['excluded', 'not onboarded', 'inactive', 'duplicate'])('all being %s say nothing by that', (state) => {
    const states = {
      excluded: { isExcluded: true },
      'not onboarded': { onboardingStatus: 'CanBeOnboarded' },
      inactive: { healthStatus: 'Inactive' },
      duplicate: { isPotentialDuplication: true },
    };
    const all = states[state as keyof typeof states];
    expect(inShort(verdictOn(short, machine('a', all), machine('b', all))).match).toBe('ambiguous');
    expect(inShort(verdictOn(short, machine('a', all), machine('b', { ...all, ...earlier })))).toEqual({
      match: 'exact',
      machine: 'a',
      candidates: [['b', 'seenEarlier']],
    });
  });

  it.each(['ImpairedCommunication', 'NoSensorData', 'NoSensorDataImpairedCommunication', 'Unknown'])(
    'are not set behind by a sensor that is %s',
    (healthStatus) => {
      expect(inShort(verdictOn(short, machine('a'), machine('b', { healthStatus }))).match).toBe('ambiguous');
    },
  );

  it('are seen earlier only by more than a day and a half, to the last decimal', () => {
    const seen = (a: string, b: string) =>
      inShort(verdictOn(short, machine('a', { lastSeen: a }), machine('b', { lastSeen: b }))).match;
    expect(seen('2026-11-20T20:00:00.0000000Z', '2026-11-19T08:00:00.0000000Z')).toBe('ambiguous');
    expect(seen('2026-11-20T20:00:00.0000001Z', '2026-11-19T08:00:00.0000000Z')).toBe('exact');
    expect(seen('2026-11-20T21:00:00+01:00', '2026-11-19T08:00:00Z')).toBe('ambiguous');
  });

  it('stay ambiguous where nothing tells them apart, and the message says so', () => {
    const { message, candidates } = verdictOn(full, machine('a'), machine('b'));
    expect(message).toBe(
      'srv02.contoso.com may be any of 2 records: all are named srv02.contoso.com, and nothing sets one behind another for sure. Ask with the Entra device id (aadDeviceId) or the machineId.',
    );
    expect(candidates.map(({ reason }) => reason)).toEqual([
      'It is Active, last seen 2026-11-20T08:00:00Z; nothing sets it behind another.',
      'It is Active, last seen 2026-11-20T08:00:00Z; nothing sets it behind another.',
    ]);
  });

  it('are one machine alone, whatever its health', () => {
    const dead = { isExcluded: true, onboardingStatus: 'Unsupported', healthStatus: 'Inactive', ...earlier };
    expect(inShort(verdictOn(short, machine('a', dead))).match).toBe('exact');
  });

  it('count once where a row came twice', () => {
    const twice = machine('a', { id: idOf('a').toUpperCase() });
    expect(inShort(verdictOn(short, machine('a'), twice))).toMatchObject({ match: 'exact', candidates: [] });
  });
});

describe('records of one bare name', () => {
  it('are told apart by when they were seen, where one began when the other ended', () => {
    const rows = [machine('a', { ...bare, firstSeen: '2026-11-01T09:00:00Z' }), machine('b', { ...bare, ...earlier })];
    expect(inShort(verdictOn(short, ...rows))).toEqual({
      match: 'exact',
      machine: 'a',
      candidates: [['b', 'seenEarlier']],
    });
  });

  it.each([
    ['lived side by side', '2026-01-05T08:00:00Z'],
    ['may have lived side by side', null],
  ])('are two machines that %s', (_, firstSeen) => {
    const rows = [machine('a', { ...bare, firstSeen }), machine('b', { ...bare, ...earlier })];
    expect(inShort(verdictOn(short, ...rows)).match).toBe('ambiguous');
  });
});

describe('an address', () => {
  const address = asking('ipAddress', '10.0.0.5');
  const other = { computerDnsName: 'srv07.contoso.com' };

  it('is the last address of one machine, and the message says since when', () => {
    const verdict = verdictOn(address, machine('a'), machine('b', { lastIpAddress: '10.0.0.50' }));
    expect(inShort(verdict)).toEqual({ match: 'exact', machine: 'a', candidates: [] });
    expect(verdict.message).toBe(
      `The machine at 10.0.0.5 is srv02.contoso.com (${idOf('a')}). It had that address when it last reported, 2026-11-20T08:00:00Z.`,
    );
  });

  it('is compared by what it says, not by how it is written', () => {
    const row = machine('a', { lastIpAddress: '2001:DB8:0:0::5' });
    expect(inShort(verdictOn(asking('ipAddress', '2001:db8::5'), row)).match).toBe('exact');
  });

  it('goes over to the machine that had it later in the same network', () => {
    const rows = [machine('a', other), machine('b', earlier)];
    expect(inShort(verdictOn(address, ...rows))).toEqual({
      match: 'exact',
      machine: 'a',
      candidates: [['b', 'seenEarlier']],
    });
  });

  it.each([
    ['another network', '198.51.100.3'],
    ['a network that is not known', null],
  ])('is two machines’ where one had it in %s', (_, lastExternalIpAddress) => {
    const verdict = verdictOn(address, machine('a', { ...other, lastExternalIpAddress }), machine('b', earlier));
    expect(verdict.match).toBe('ambiguous');
    expect(verdict.message).toContain('Ask with hostName, the Entra device id (aadDeviceId) or the machineId.');
  });

  it('of nobody says how machines are found by address', () => {
    expect(verdictOn(address).message).toMatch(
      /^No machine reported 10.0.0.5 last. Defender finds machines by their last/,
    );
  });
});

describe('an Entra device id', () => {
  const device = asking('aadDeviceId', '80FE8FF8-2624-418E-9591-41F0491218F9');
  const joined = { aadDeviceId: '80fe8ff8-2624-418e-9591-41f0491218f9' };

  it('is one device: of its records, the one seen last', () => {
    const rows = [machine('a', { ...joined, ...fabrikam }), machine('b', { ...joined, ...earlier }), machine('c')];
    expect(inShort(verdictOn(device, ...rows))).toEqual({
      match: 'exact',
      machine: 'a',
      candidates: [['b', 'seenEarlier']],
    });
  });
});

describe('an answer', () => {
  it('holds fifty candidates at most, and says how many it leaves out', () => {
    const rows = Array.from({ length: 60 }, (_, i) => machine((0x1000 + i).toString(16)));
    const verdict = verdictOn(short, ...rows);
    expect(verdict.candidates).toHaveLength(50);
    expect(verdict.candidatesLeftOut).toBe(10);
  });

  it('names a few of many machines', () => {
    const rows = Array.from({ length: 8 }, (_, i) => machine(`${i + 1}`, { computerDnsName: `srv02.d${i}.example` }));
    expect(verdictOn(short, ...rows).message).toContain(
      '8 records: srv02.d0.example, srv02.d1.example, srv02.d2.example, srv02.d3.example and 4 more.',
    );
  });

  it('says that a name of 15 characters may have been cut', () => {
    expect(verdictOn(asking('hostName', 'CONTOSO\\ABCDEFGHIJKLMNO$')).message).toContain('ask with the whole name');
    expect(verdictOn(asking('hostName', 'abcdefghijklmn')).message).not.toContain('ask with the whole name');
  });
});
