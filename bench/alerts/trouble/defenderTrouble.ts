/** What Defender does wrong in a bad time: one of these, for a share of its calls. */
import type { FaultRule } from '../../../src/local/simulator/faults/faultRules.ts';

const kinds: Readonly<Record<string, FaultRule>> = {
  fault: { match: { probability: 0.5 }, do: { status: 500 } },
  unavailable: { match: { probability: 0.6 }, do: { status: 503, retryAfter: 2 } },
  slow: { match: { probability: 0.4 }, do: { latencyMs: 15_000 } },
  reset: { match: { probability: 0.5 }, do: { reset: true } },
  cut: { match: { probability: 0.4 }, do: { cut: 200 } },
  garbage: { match: { probability: 0.4 }, do: { garbage: true } },
  refused: { match: { probability: 0.3 }, do: { status: 429, retryAfter: 3 } },
};

/** @param random 0 to 1 */
export const troubleOf = (random: () => number): readonly FaultRule[] => {
  const all = Object.values(kinds);
  const one = all[Math.floor(random() * all.length)];
  return one ? [one] : [];
};
