/** Asks the function of an operation, as if its caller had asked a moment ago. */
import { InvocationContext } from '@azure/functions';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { AskOperation } from '../../operations/running/reply.ts';
import { told } from '../../toldFault.ts';
import { within } from '../../within.ts';
import { answeringFaults } from '../answeringFaults.ts';
import { answerSize } from '../batch/answerSize.ts';
import { wholeReply } from '../batch/wholeReply.ts';
import type { HttpFunction } from '../services.ts';
import { identityOf, requestAgain, unhurried } from './parkedRequest.ts';

/**
 * Pages of the whole fleet at once, in one process: each stands in memory some times on its way into a blob, and the platform hands over up to 48
 * messages (`batchSize` and `newBatchThreshold` in host.json).
 */
const mostPages = 4;
/** Beyond its wait, for whatever does not end by itself. */
const graceMs = 60_000;

/** @param functions those that answer, and do not park */
export const createAskFunction = (
  functions: readonly HttpFunction[],
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): AskOperation => {
  const byName = new Map(functions.map((each) => [each.name, each]));
  let pages = 0;
  return async ({ request, caller }, waitSeconds) => {
    const asks = byName.get(request.functionName);
    if (!asks) throw new Error(`there is no function ${request.functionName} any more`);
    const isPage = answerSize(asks.route, request.query) === 'page';
    if (isPage && pages >= mostPages) return { kind: 'busy' };
    const asked = answeringFaults((again, context) => asks.handler(again, context, identityOf(caller)));
    const answering = async () =>
      wholeReply(
        await asked(
          requestAgain(request, { ...unhurried(request), prefer: `wait=${waitSeconds}` }),
          contextOf(asks.name, log),
        ),
      );
    pages += isPage ? 1 : 0;
    try {
      const late = () => new Error(`${asks.name} did not end`);
      return { kind: 'answered', reply: await within(clock, waitSeconds * 1000 + graceMs, answering(), late) };
    } finally {
      pages -= isPage ? 1 : 0;
    }
  };
};

/** The one that the queue triggers is of another function. */
const contextOf = (functionName: string, log: Log): InvocationContext =>
  new InvocationContext({
    functionName,
    logHandler(level, ...said) {
      const write = level === 'error' || level === 'critical' ? log.error : level === 'warning' ? log.warn : log.info;
      const [message, ...fields] = said;
      write(String(message), fields.length === 0 ? {} : { said: JSON.stringify(fields, faultsToo) });
    },
  });

const faultsToo = (_: string, value: unknown): unknown => (value instanceof Error ? told(value) : value);
