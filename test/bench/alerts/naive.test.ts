import { createClient } from '../../../bench/alerts/client.ts';
import { alertsInFleet, planAlerts } from '../../../bench/alerts/making/plannedAlert.ts';
import { goNaiveWay } from '../../../bench/alerts/naive/naiveWay.ts';
import { systemClock } from '../../../src/clock.ts';
import { fleetOf } from '../../../src/local/simulator/fleet/fleet.ts';
import { asking, asOf, token } from '../../local/simulator/support/asking.ts';

describe('the naive way', () => {
  it('makes a call for each alert, and one more each time that it is refused', async () => {
    const plan = { machines: 30, seed: 1, asOf: Date.parse(asOf), tenantId: 'tenant', alerts: alertsInFleet(25) };
    const alerts = planAlerts(fleetOf(plan), { alerts: 25, named: 0.8, odd: false });
    const defender = await asking({ ...plan, asOf, limits: [{ calls: 10, seconds: 1 }] });
    const client = createClient(8);
    const { signal } = new AbortController();
    const clock = systemClock;
    const naive = await goNaiveWay({ alerts, url: defender.url, token: token(), client, clock, signal });
    const { total } = await defender.control<{ total: number }>('GET', 'arrivals');
    client.close();
    await defender.stop();
    expect(naive.enriched).toBe(25);
    expect(naive.refused).toBeGreaterThanOrEqual(10);
    expect(naive.calls).toBe(25 + naive.refused);
    expect(total).toBe(naive.calls);
    expect(naive.seconds).toBeGreaterThan(0.9);
  });
});
