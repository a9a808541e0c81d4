/** What instances told while they ran: how their functions ended, and what they warned of. */
import type { HostEvent } from '../../../src/local/host/hostEvent.ts';

export interface Noted {
  note(placement: string, event: HostEvent): void;
  /** How often each function ended how: `enrichAlert succeeded`. */
  runs(): Readonly<Record<string, number>>;
  /** Warnings and errors of functions, the most frequent first: `12 × enrichAlert: …`. */
  warnings(most: number): readonly string[];
}

export const createNoted = (): Noted => {
  const runs = new Map<string, number>();
  const warnings = new Map<string, number>();
  const count = (counts: Map<string, number>, what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  return {
    note(placement, event) {
      if (event.kind === 'invocation') count(runs, `${event.functionName} ${event.outcome}`);
      if (event.kind === 'workerFailed') count(warnings, `${placement}: ${shortened(event.message)}`);
      if (event.kind === 'log' && ['warning', 'error', 'critical'].includes(event.level))
        count(warnings, `${event.functionName ?? placement}: ${shortened(event.message)}`);
    },
    runs: () => Object.fromEntries(runs),
    warnings: (most) =>
      [...warnings]
        .sort(([, a], [, b]) => b - a)
        .slice(0, most)
        .map(([what, times]) => `${times} × ${what}`),
  };
};

/** Alike but for ids and numbers is the same. */
const shortened = (message: string): string =>
  message
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{40}|\d{3,}/gi, '…')
    .replace(/\s+/g, ' ')
    .slice(0, 220);
