import type { HttpHandler } from '@azure/functions';
import { callerHeaders, readCaller } from '../http/caller.ts';
import { problemResponse } from '../http/problem.ts';
import { withHeaders } from '../http/reply.ts';
import { redacted } from '../redaction.ts';
import { tracedRequest } from './traced.ts';

/** A handler whose faults become an answer, in the trace of its request: the one place where thrown errors turn into HTTP. */
export const answeringFaults = (handler: HttpHandler): HttpHandler =>
  tracedRequest(async (request, context) => {
    try {
      return await handler(request, context);
    } catch (fault) {
      const caller = readCaller(request);
      context.error('The gateway failed', {
        requestId: caller.requestId,
        fault: redacted(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)),
      });
      const message = `The gateway failed; its log tells why under this request's id, ${caller.requestId}.`;
      const problem = problemResponse({ status: 500, code: 'InternalServerError', message }, caller.requestId);
      return withHeaders(problem, callerHeaders(caller));
    }
  });
