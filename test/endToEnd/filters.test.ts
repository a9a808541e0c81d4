import { bodyOf, type Gateway, startGateway } from '../support/gateway.ts';

/** A machine as these filters look at it. */
interface Machine {
  readonly id: string;
  readonly computerDnsName: string | null;
  readonly healthStatus: string;
  readonly riskScore: string | null;
  readonly osPlatform: string;
  readonly lastSeen: string;
  readonly rbacGroupId: number;
  readonly machineTags: readonly string[];
}

let gateway: Gateway;
let all: readonly Machine[];

beforeAll(async () => {
  gateway = await startGateway({ limits: '1000/60', simulator: { machines: 1000, asOf: '2026-02-01T00:00:00Z' } });
  all = await machines('/api/machines');
});
afterAll(() => gateway.stop());

const machines = async (path: string) => {
  const response = await gateway.get(path);
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  return (await bodyOf(response)).value as unknown as readonly Machine[];
};

const active = ({ healthStatus }: Machine) => healthStatus === 'Active';
const inactive = ({ healthStatus }: Machine) => healthStatus === 'Inactive';
const high = ({ riskScore }: Machine) => riskScore === 'High';
const low = ({ riskScore }: Machine) => riskScore === 'Low';
const windows10 = ({ osPlatform }: Machine) => osPlatform === 'Windows10';
const named = ({ computerDnsName }: Machine) => computerDnsName?.toLowerCase() ?? '';

// The simulator reads filters with the gateway's own parser; what they mean is written here a second time, by hand.
const filters: readonly (readonly [filter: string, fits: (machine: Machine) => boolean])[] = [
  [
    "healthStatus eq 'Inactive' or healthStatus eq 'Active' and riskScore eq 'High'",
    (m) => inactive(m) || (active(m) && high(m)),
  ],
  [
    "(healthStatus eq 'Inactive' or healthStatus eq 'Active') and riskScore eq 'High'",
    (m) => (inactive(m) || active(m)) && high(m),
  ],
  ["not (healthStatus eq 'Active' and osPlatform eq 'Windows10')", (m) => !(active(m) && windows10(m))],
  ["not (healthStatus eq 'Active') and osPlatform eq 'Windows10'", (m) => !active(m) && windows10(m)],
  [
    "riskScore eq 'Low' and osPlatform eq 'Windows10' or riskScore eq 'High' and healthStatus eq 'Active'",
    (m) => (low(m) && windows10(m)) || (high(m) && active(m)),
  ],
  [
    "healthStatus ne 'Active' and (riskScore eq 'Low' or riskScore eq 'High')",
    (m) => !active(m) && (low(m) || high(m)),
  ],
  ["riskScore in ('Low','High') and healthStatus eq 'Active'", (m) => (low(m) || high(m)) && active(m)],
  [
    "machineTags/any(t: t eq 'test tag 1') or riskScore eq 'High'",
    (m) => m.machineTags.includes('test tag 1') || high(m),
  ],
  [
    'lastSeen ge 2026-01-20T00:00:00Z and lastSeen lt 2026-01-31T12:00:00Z',
    (m) => m.lastSeen >= '2026-01-20T00:00:00' && m.lastSeen < '2026-01-31T12:00:00',
  ],
  ["startswith(computerDnsName,'m')", (m) => named(m).startsWith('m')],
  ["contains(computerDnsName,'contoso') and not (riskScore eq 'Low')", (m) => named(m).includes('contoso') && !low(m)],
];

describe('GET /api/machines', () => {
  it.each(filters)('gives to %s the machines that are so, and no others', async (filter, fits) => {
    const wanted = all.filter(fits).map(({ id }) => id);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(all.length);
    const found = await machines(`/api/machines?$filter=${encodeURIComponent(filter)}`);
    expect(found.map(({ id }) => id)).toEqual(wanted);
  });
});
