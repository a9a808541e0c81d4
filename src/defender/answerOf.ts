/** What the caller is told of an attempt, or of a call that was never sent. */
import type { Log } from '../log.ts';
import type { Refusal } from '../quota/booking.ts';
import type { Refused } from '../quota/refusal.ts';
import type { Answer, Answered } from './answer.ts';
import type { Attempt } from './attempt.ts';
import { readDefenderError } from './defenderError.ts';
import { rowsOf } from './links.ts';
import type { Question } from './question.ts';

export const answerOf = (question: Question, made: Attempt): Answer => {
  if (made.kind === 'fault') return { kind: 'unreachable', reason: made.reason };
  if (made.kind === 'timeout') return { kind: 'late', reason: 'Defender did not answer in the time there was' };
  if (made.status === 429) return throttledByDefender(made);
  const { status, headers, body, retryAfterSeconds } = made;
  const answered: Answered = {
    kind: 'answered',
    status,
    headers:
      retryAfterSeconds === undefined ? headers : { ...headers, 'retry-after': String(Math.ceil(retryAfterSeconds)) },
    body,
    ...(question.call.value ? { askedFor: question.path + question.query } : {}),
  };
  if (status === 401) return { ...answered, warning: ownTokenRefused };
  return status === 200 ? lookedInto(question, answered) : answered;
};

/** The gate's refusal, as an answer. */
export const notSent = (refusal: Refusal): Answer => {
  if (refusal.kind === 'closed') return refusal;
  const { retryAfterSeconds } = refusal;
  const kept =
    retryAfterSeconds <= longestWait ? `, or send Prefer: wait=${retryAfterSeconds + 5} to be kept waiting` : '';
  const message = `${whyRefused(refusal)} Wait ${retryAfterSeconds} s${kept}.`;
  return { kind: 'throttled', retryAfterSeconds, message };
};

const whyRefused = ({ because, limit }: Refused): string => {
  switch (because) {
    case 'spent':
      return `The quota of ${limit.calls} calls in ${limit.seconds} s is spent.`;
    case 'blocked':
      return 'Defender refused a call of this quota (429) and asked for a pause.';
    case 'learning':
      return 'The quota ledger is new or was lost, and what was called before is not known: calls begin slowly.';
  }
};

/** The identity gave no token; nothing was sent and no quota spent. */
export const noToken = (fault: unknown, log: Log): Answer => {
  log.error('The managed identity gave no token', { fault: String(fault) });
  const said = fault instanceof Error ? fault.message : String(fault);
  return { kind: 'closed', retryAfterSeconds: 30, reason: `the gateway's managed identity gave no token: ${said}` };
};

/** With a little over, still within the longest wait that a caller may ask for. */
const longestWait = 195;

const ownTokenRefused = "Defender refused the gateway's own token; the credential of this request is not the reason.";

const throttledByDefender = ({ body, retryAfterSeconds = 60 }: Attempt & { kind: 'response' }): Answer => {
  const seconds = Math.ceil(retryAfterSeconds);
  const said = readDefenderError(body)?.message ?? 'too many requests';
  return {
    kind: 'throttled',
    retryAfterSeconds: seconds,
    message: `Defender refused the call: ${said} Wait ${seconds} s.`,
  };
};

const lookedInto = ({ call }: Question, answered: Answered): Answer => {
  try {
    if (call.cutAt !== undefined && (rowsOf(answered.body) ?? 0) >= call.cutAt)
      return { ...answered, warning: cut(call.cutAt) };
    return answered;
  } catch (fault) {
    return { kind: 'unreachable', reason: `Defender answered 200 with a body that can't be read: ${fault}` };
  }
};

const cut = (rows: number): string =>
  `This answer holds ${rows} machines, the most that Defender gives here; there may be more.`;
