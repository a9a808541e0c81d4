/** What the addresses under `/gateway/snapshots` have in common: how their query is read, and how what they say becomes an answer. */
import type { HttpRequest, InvocationContext } from '@azure/functions';
import { type AnswerFormat, answerFormat } from '../../http/answerFormat.ts';
import { type Caller, callerHeaders, readCaller } from '../../http/caller.ts';
import { conditional } from '../../http/conditional.ts';
import { encoded } from '../../http/encoded.ts';
import { readOwnQuery } from '../../http/ownQuery.ts';
import { type Problem, problemResponse } from '../../http/problem.ts';
import { type Reply, withHeaders } from '../../http/reply.ts';
import type { Refusal } from '../../snapshots/reading/refusal.ts';
import { within } from '../../within.ts';
import type { HttpFunction, Services } from '../services.ts';
import type { HttpTrigger } from '../triggers.ts';
import { unreadable } from './unreadable.ts';

/** A question that was understood so far. */
export interface AskedSnapshot<Name extends string> {
  readonly format: AnswerFormat;
  readonly query: Readonly<Partial<Record<Name, string>>>;
  /** What stands in the path. */
  readonly params: Readonly<Record<string, string>>;
  /** Of the gateway, as the caller names it: `https://gateway.example`. */
  readonly origin: string;
}

export type Answering<Name extends string> = (asked: AskedSnapshot<Name>) => Promise<Reply | Refusal | Wrong>;

/** Something in the query is wrong. */
export interface Wrong {
  readonly kind: 'wrong';
  readonly message: string;
}

/** @param names of options besides `$format` */
export const snapshotFunction = <Name extends string>(
  trigger: HttpTrigger,
  { clock }: Pick<Services, 'clock'>,
  names: readonly Name[],
  answer: Answering<Name | '$format'>,
): HttpFunction => ({
  ...trigger,
  async handler(request, context) {
    const caller = readCaller(request);
    const late = () => new Late();
    const replying = within(clock, caller.wait.seconds * 1000, replyTo(request, names, answer, caller), late);
    const reply = await replying.catch((fault: unknown) => unanswered(fault, caller, context));
    const known = conditional(reply, request.headers.get('if-none-match'));
    const whole = withHeaders(known, callerHeaders(caller));
    return withHeaders(await encoded(whole, request.headers.get('accept-encoding')), {
      vary: 'Accept, Accept-Encoding',
    });
  },
});

const replyTo = async <Name extends string>(
  request: HttpRequest,
  names: readonly Name[],
  answer: Answering<Name | '$format'>,
  { requestId }: Caller,
): Promise<Reply> => {
  const read = readOwnQuery(request.query, [...names, '$format']);
  if (read.kind === 'wrong') return problemResponse(badQuery(read.message), requestId);
  const query = read.values;
  const format = answerFormat(request.headers.get('accept'), query.$format);
  if (format === undefined) return problemResponse(notAcceptable, requestId);
  const said = await answer({ format, query, params: request.params, origin: new URL(request.url).origin });
  if (!('kind' in said)) return said;
  return problemResponse(said.kind === 'wrong' ? badQuery(said.message) : said, requestId);
};

const badQuery = (message: string): Problem => ({ status: 400, code: 'InvalidInput', message });

const notAcceptable: Problem = {
  status: 406,
  code: 'NotAcceptable',
  message:
    'There is application/json and text/csv; ask for one of them with Accept, or with $format=json or $format=csv',
};

class Late extends Error {
  override readonly name = 'Late';
}

const unanswered = (fault: unknown, caller: Caller, context: InvocationContext): Reply => {
  if (!(fault instanceof Late)) return unreadable(fault, caller, context);
  const message = `It could not be read within ${caller.wait.seconds} s. A longer Prefer: wait=N gives it more, a smaller $top makes it less.`;
  return problemResponse({ status: 504, code: 'GatewayTimeout', message }, caller.requestId);
};
