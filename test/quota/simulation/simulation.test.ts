import { randomScenario } from '../../../bench/simulation/randomScenario.ts';
import { faultsOf } from '../../../bench/simulation/result/faults.ts';
import { simulate } from '../../../bench/simulation/run.ts';
import { scenarios } from '../../../bench/simulation/scenarios.ts';
import { createGate } from '../../../src/quota/gate.ts';
import { memoryLedger } from '../../../src/quota/memoryLedger.ts';

describe('a simulated run', () => {
  it('is the same whenever it is run with the same seed, and another with another', async () => {
    const [first, again, other] = [
      await simulate(randomScenario(17)),
      await simulate(randomScenario(17)),
      await simulate(randomScenario(18)),
    ];
    expect({ ...again, realSeconds: 0 }).toEqual({ ...first, realSeconds: 0 });
    expect(other.digest).not.toBe(first.digest);
  });

  it('leaves the timers of the machine as it found them', async () => {
    const { setTimeout, clearTimeout } = globalThis;
    const { now } = Date;
    await simulate(randomScenario(20));
    expect([globalThis.setTimeout, globalThis.clearTimeout, Date.now]).toEqual([setTimeout, clearTimeout, now]);
  });
});

describe('the judges of a simulated run', () => {
  const crowd = scenarios.burst({ seed: 1, hours: 0.05, processes: 2 });

  it('see gates that do not share their ledger', async () => {
    const lonely: typeof createGate = (options) =>
      createGate({ ...options, ledger: memoryLedger(options.clock), newLedger: 'unused' });
    const result = await simulate({ ...crowd, gate: lonely });
    expect(result.violations).toBeGreaterThan(20);
    expect(result.unslotted).toBeGreaterThanOrEqual(result.calls);
  });

  it('see a gate that lets everybody through', async () => {
    const open: typeof createGate = (options) => ({
      ...createGate(options),
      pass: async (_wanted, send) => {
        await options.clock.sleep(1000);
        return { kind: 'sent', value: (await send()).value };
      },
    });
    const result = await simulate({ ...crowd, gate: open });
    expect(result.violations).toBeGreaterThan(1000);
    expect(result.unslotted).toBeGreaterThanOrEqual(result.calls);
  });

  it('see a gate that takes one call more for granted', async () => {
    const greedy: typeof createGate = (options) =>
      createGate({ ...options, limits: options.limits.map((limit) => ({ ...limit, calls: limit.calls + 1 })) });
    const result = await simulate({ ...crowd, gate: greedy });
    expect(faultsOf(result)).toEqual([expect.stringContaining('over the limit')]);
  });
});
