/**
 * Where the enrichment has its machines from: the finder, so that lookups of alerts travel with all others, fly once and are kept. They are
 * asked in the class of the enrichment, on an account of its own.
 */
import type { Answer } from './defender/answer.ts';
import type { Call } from './defender/call.ts';
import { callNamed } from './defender/calls.ts';
import { readDefenderError } from './defender/defenderError.ts';
import type { MachineAnswer, MachineSource } from './enrichment/machineSource.ts';
import type { Finder, Found } from './machines/finder.ts';
import { usualFreshness, type Wish } from './machines/wish.ts';

export interface MachinesOfAlertsOptions {
  readonly finder: Pick<Finder, 'by' | 'ofAlert'>;
  /** How long an alert waits for the quota. */
  readonly waitMs: number;
  /** Told of each call that is sent. */
  readonly onSent: (call: Call) => void;
}

export const machinesOfAlerts = ({ finder, waitMs, onSent }: MachinesOfAlertsOptions): MachineSource => {
  const asked = async (ask: (wish: Wish) => Promise<Found>, id?: string): Promise<MachineAnswer> => {
    let calls = 0;
    const found = await ask({
      waitMs,
      priority: 'enrichment',
      freshness: usualFreshness,
      onSent(call) {
        calls += 1;
        onSent(call);
      },
    });
    return { ...answerIn(found, id), calls };
  };
  return {
    byId: (id) => asked((wish) => finder.by('id', id, wish), id),
    async ofAlert(alertId) {
      const written = callNamed('alertMachine').value?.(alertId);
      if (written?.kind === 'wrong') return { kind: 'refused', reason: written.message, calls: 0 };
      return asked((wish) => finder.ofAlert(alertId, wish));
    },
  };
};

type WithoutCost<T> = T extends unknown ? Omit<T, 'calls'> : never;

const answerIn = (found: Found, id: string | undefined): WithoutCost<MachineAnswer> => {
  if (found.kind === 'failed') return refusalIn(found.answer);
  const machine = found.machines.find((each) => id === undefined || each.id.toLowerCase() === id);
  if (!machine) return { kind: 'absent' };
  const { source } = found;
  const ageSeconds = source.kind === 'nowhere' ? 0 : (source.age ?? 0);
  return { kind: 'found', machine, ageSeconds, from: source.kind === 'cache' ? 'cache' : 'defender' };
};

const refusalIn = (answer: Answer): WithoutCost<MachineAnswer> => {
  switch (answer.kind) {
    case 'throttled':
      return { kind: 'throttled', retryAfterSeconds: answer.retryAfterSeconds, reason: answer.message };
    case 'closed':
      return { kind: 'throttled', retryAfterSeconds: answer.retryAfterSeconds, reason: answer.reason };
    case 'unreachable':
    case 'late':
      return { kind: 'unavailable', reason: answer.reason };
    case 'notCached':
      return { kind: 'unavailable', reason: 'nothing is kept of it' };
    case 'answered':
      return ofStatus(answer.status, readDefenderError(answer.body)?.message);
  }
};

/** The question itself is refused by 400 and its like; who asks, and when, by the others. */
const ofStatus = (status: number, said: string | undefined): WithoutCost<MachineAnswer> => {
  const isRefused = status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
  return {
    kind: isRefused ? 'refused' : 'unavailable',
    reason: `Defender answered ${status}: ${said || 'without a message'}`,
  };
};
