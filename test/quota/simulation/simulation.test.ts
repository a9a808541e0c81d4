import { randomScenario } from '../../../bench/simulation/randomScenario.ts';
import { faultsOf } from '../../../bench/simulation/result/faults.ts';
import { simulate } from '../../../bench/simulation/run.ts';
import { busy, scenarios } from '../../../bench/simulation/scenarios.ts';
import { modelNames } from '../../../bench/simulation/upstream/countingModel.ts';
import { createGate } from '../../../src/quota/gate.ts';
import { parseLimits } from '../../../src/quota/limits.ts';
import { memoryLedger } from '../../../src/quota/memoryLedger.ts';

describe('a simulated run', () => {
  it('is the same whenever it is run with the same seed, and another with another', async () => {
    const [first, again, other] = [
      await simulate(randomScenario(7)),
      await simulate(randomScenario(7)),
      await simulate(randomScenario(8)),
    ];
    expect({ ...again, realSeconds: 0 }).toEqual({ ...first, realSeconds: 0 });
    expect(other.digest).not.toBe(first.digest);
  });

  it('leaves the timers of the machine as it found them', async () => {
    const { setTimeout, clearTimeout } = globalThis;
    const { now } = Date;
    await simulate(randomScenario(7));
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

describe('under full load', () => {
  const exact = modelNames.filter((model) => model !== 'approximated');

  it.each(exact)(
    'a fifth of the usual quota is never refused by an upstream that counts in the manner called %s',
    async (model) => {
      const limits = parseLimits('20/60,300/3600');
      const load = { ...busy, interactivePerHour: 24, burstOf: 4, enrichmentPerHour: 40 };
      const result = await simulate({ ...scenarios.day({ seed: 1, hours: 3, processes: 4, limits }), load, model });
      expect(faultsOf(result)).toEqual([]);
      expect(result.upstreamRefused).toBe(0);
      expect(result.utilisation).toBeGreaterThan(0.95);
    },
  );

  it('the usual quota is seldom refused by an upstream that counts approximately', async () => {
    const result = await simulate({ ...scenarios.day({ seed: 1, hours: 3, processes: 4 }), model: 'approximated' });
    expect(faultsOf(result)).toEqual([]);
    expect(result.upstreamRefusedShare).toBeLessThanOrEqual(0.005);
  });
});
