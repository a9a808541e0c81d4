import type { Reply } from '../../http/reply.ts';
import type { Looked } from '../../operations/looking.ts';

/** The answer as it was given, but for what is true only of the moment: how old it is, and how long to wait yet. @param now milliseconds since 1970 */
export const endedReply = ({ operation, body }: Extract<Looked, { kind: 'ended' }>, now: number): Reply => {
  const { state, answer } = operation;
  const since = Math.max(0, Math.ceil((now - answer.at) / 1000));
  const isAged = answer.status === 200 || answer.age !== undefined;
  return {
    status: answer.status,
    headers: {
      ...answer.headers,
      ...(isAged ? { age: String((answer.age ?? 0) + since) } : {}),
      ...(answer.retryAfter === undefined ? {} : { 'retry-after': String(Math.max(1, answer.retryAfter - since)) }),
      'x-gateway-operation': state,
    },
    body,
  };
};
