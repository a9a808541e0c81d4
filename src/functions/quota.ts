/**
 * GET /gateway/quota: how every quota stands, who spent it, and where it is going. It reads each ledger once, and the rows of spend once;
 * what can't be read is never made up for from what this process happens to know.
 */
import type { InvocationContext } from '@azure/functions';
import { readCaller } from '../http/caller.ts';
import { problemResponse } from '../http/problem.ts';
import { readableJson } from '../http/readableJson.ts';
import { type Reply, withHeaders } from '../http/reply.ts';
import { LedgerUnreadable } from '../quota/ledgerRow.ts';
import type { Quota } from '../quota/quotas.ts';
import { within } from '../within.ts';
import { quotaPage, type ReadLedger } from './quotaPage.ts';
import type { HttpFunction, Services } from './services.ts';
import { triggers } from './triggers.ts';

const answersWithinMs = 5000;
const retryAfterSeconds = 5;

export const quota = (services: Services): HttpFunction => ({
  ...triggers.quota,
  async handler(request, context) {
    const { requestId } = readCaller(request);
    const reply = await page(services).catch((fault: unknown) => cannotTell(fault, requestId, context));
    return withHeaders(reply, { 'x-request-id': requestId, 'cache-control': 'no-store' });
  },
});

const page = async ({ quotas, traffic, clock }: Services): Promise<Reply> => {
  const asked = Promise.all([traffic.lastHour(), ...quotas.all().map(readLedger)] as const);
  const [hour, ...ledgers] = await within(clock, answersWithinMs, asked, () => new Error('it does not answer'));
  const storeTime = quotas.all().find(({ gate }) => gate.now !== undefined)?.gate.now;
  const body = quotaPage(ledgers, hour, storeTime ?? Math.floor(clock.wall()));
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: `${readableJson(body)}\n`,
  };
};

/** A ledger that stands there and can't be used is something to tell; one that can't be reached is no answer at all. */
const readLedger = async ({ name, ledger }: Quota): Promise<ReadLedger> => {
  try {
    const version = await ledger.read();
    return version ? { kind: 'used', name, version } : { kind: 'unused', name };
  } catch (fault) {
    if (fault instanceof LedgerUnreadable) return { kind: 'unreadable', name, reason: fault.message };
    throw fault;
  }
};

const cannotTell = (fault: unknown, requestId: string, context: InvocationContext): Reply => {
  context.warn('The state of the quotas could not be read', { requestId, fault: String(fault) });
  return problemResponse(
    {
      status: 503,
      code: 'ServiceUnavailable',
      message: `How the quotas stand can't be told: Table storage cannot be read${codeOf(fault)}. The log tells more under this request's id.`,
      retryAfterSeconds,
    },
    requestId,
  );
};

/** The store's word for what is wrong; its whole message may name hosts and accounts. */
const codeOf = (fault: unknown): string => {
  const { code, statusCode, details } = Object(fault);
  const said = [statusCode, code ?? details?.odataError?.code].filter((part) => part !== undefined);
  return said.length > 0 ? ` (${said.join(' ')})` : '';
};
