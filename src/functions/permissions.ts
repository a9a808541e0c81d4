/**
 * GET /gateway/health/permissions: what Defender lets the gateway do, and what to grant where it does not. 200 with the report whatever it says; it
 * is up to a minute old, unless `Cache-Control: no-cache` asks for a new one, which may have to wait for its turn; no token is in it.
 */
import type { InvocationContext } from '@azure/functions';
import type { Clock } from '../clock.ts';
import { readCacheControl } from '../http/cacheControl.ts';
import { readCaller } from '../http/caller.ts';
import { problemResponse } from '../http/problem.ts';
import { readableJson } from '../http/readableJson.ts';
import { type Reply, withHeaders } from '../http/reply.ts';
import type { Doctor } from '../permissions/doctor.ts';
import type { PermissionsReport } from '../permissions/report.ts';
import { told } from '../toldFault.ts';
import { within } from '../within.ts';
import type { HttpFunction } from './services.ts';
import { triggers } from './triggers.ts';

/** Longer than the doctor should ever take, which may have to end another examination first. */
const answersWithinMs = 60_000;
const retryAfterSeconds = 30;

export const permissions = ({ doctor, clock }: { readonly doctor: Doctor; readonly clock: Clock }): HttpFunction => ({
  ...triggers.permissions,
  async handler(request, context) {
    const { requestId } = readCaller(request);
    const { headers } = request;
    const { noCache, onlyIfCached } = readCacheControl(headers.get('cache-control'), headers.get('pragma'));
    const reply = await (onlyIfCached ? keptPage(doctor, requestId) : page(doctor, noCache, clock)).catch(
      (fault: unknown) => cannotTell(fault, requestId, context),
    );
    return withHeaders(reply, { 'x-request-id': requestId, 'cache-control': 'no-store' });
  },
});

const page = async (doctor: Doctor, anew: boolean, clock: Clock): Promise<Reply> =>
  told200(await within(clock, answersWithinMs, doctor.examine(anew), () => new Error('it takes too long')));

const keptPage = async (doctor: Doctor, requestId: string): Promise<Reply> => {
  const report = doctor.kept();
  const message = 'No report is kept, and Cache-Control: only-if-cached forbids to make one.';
  return report ? told200(report) : problemResponse({ status: 504, code: 'GatewayTimeout', message }, requestId);
};

const told200 = (report: PermissionsReport): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: `${readableJson(report)}\n`,
});

const cannotTell = (fault: unknown, requestId: string, context: InvocationContext): Reply => {
  context.warn('The permissions could not be examined', { requestId, fault: told(fault) });
  const message = "What Defender lets the gateway do can't be told. The log tells more under this request's id.";
  return problemResponse({ status: 503, code: 'ServiceUnavailable', message, retryAfterSeconds }, requestId);
};
