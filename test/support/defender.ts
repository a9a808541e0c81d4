import { callNamed } from '../../src/defender/calls.ts';
import { createDefender } from '../../src/defender/client.ts';
import type { Get } from '../../src/defender/get.ts';
import { type Asked, type Question, readQuestion } from '../../src/defender/question.ts';
import { createToken } from '../../src/defender/token.ts';
import type { Log } from '../../src/log.ts';
import { timingFor } from '../../src/quota/guard.ts';
import { parseLimits } from '../../src/quota/limits.ts';
import { memoryLedger } from '../../src/quota/memoryLedger.ts';
import { createQuotas, type Quotas } from '../../src/quota/quotas.ts';
import type { CurrentTrace } from '../../src/trace.ts';
import type { FakeClock } from './fakeClock.ts';
import { quietLog } from './quietLog.ts';

/** A question that is right. */
export const question = (name: string, asked: Partial<Asked> = {}): Question => {
  const read = readQuestion(callNamed(name), { query: [], ...asked });
  if (read.kind === 'wrong') throw new Error(read.message);
  return read.question;
};

/** The port to the wire on a scripted `fetch`. */
const getOf =
  (fetch: typeof globalThis.fetch): Get =>
  async (url, { headers, signal }) => {
    const response = await fetch(url, { headers, signal, redirect: 'manual' });
    const body = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  };

export interface DefenderOptions {
  readonly limits?: string;
  readonly tokenFault?: Error | undefined;
  readonly quotas?: Quotas;
  readonly log?: Log;
  readonly trace?: CurrentTrace;
}

/** Quotas with ledgers in memory. */
export const quotasOn = (clock: FakeClock, limits = '100/60,1500/3600'): Quotas =>
  createQuotas({
    scope: 'route',
    limits: parseLimits(limits),
    timing: timingFor,
    newLedger: 'unused',
    ledger: () => memoryLedger(clock),
    concurrency: 10,
    clock,
    log: quietLog,
  });

/** The client with a scripted wire, ledgers in memory, and tokens `token 1`, `token 2`, …, a new one for each refusal. */
export const defenderOn = (
  clock: FakeClock,
  fetch: typeof globalThis.fetch,
  { limits, tokenFault, quotas = quotasOn(clock, limits), log = quietLog, trace }: DefenderOptions = {},
) => {
  let tokens = 0;
  const token = createToken(
    async () => {
      if (tokenFault) throw tokenFault;
      tokens += 1;
      return { token: `token ${tokens}`, expiresAt: Number.POSITIVE_INFINITY };
    },
    'https://api.securitycenter.microsoft.com/.default',
    clock,
  );
  const services = {
    defender: { baseUrl: 'https://defender.example', token },
    securityStates: { baseUrl: 'https://graph.example', token },
  };
  return createDefender({
    services,
    gateOf: (call) => quotas.of(call).gate,
    get: getOf(fetch),
    clock,
    log,
    trace,
    random: () => 0.5,
  });
};
