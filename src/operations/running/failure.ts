/** What stands in place of an answer, in Defender's envelope of errors. */
import type { Operation } from '../operation.ts';
import type { OperationReply } from './reply.ts';

/** 504. @param reason without a full stop */
export const notAnswered = (operation: Operation, reason: string): OperationReply => {
  const minutes = Math.round((operation.deadline - operation.createdAt) / 60_000);
  return problem(
    operation,
    504,
    'GatewayTimeout',
    `It was not answered within its ${minutes} minutes: ${reason}. Ask again.`,
  );
};

/**
 * Nobody who polls is led elsewhere, or told to go on polling, by an answer: Logic Apps' HTTP action takes a 202 for "not yet", and fails on a
 * redirect.
 */
export const answerToPoller = (operation: Operation, reply: OperationReply): OperationReply => {
  const { status } = reply;
  if (status >= 200 && status !== 202 && (status < 300 || status >= 400)) return reply;
  return problem(operation, 502, 'BadGateway', `It was answered with ${status}, which is no answer to hand on.`);
};

const problem = ({ request }: Operation, status: number, code: string, message: string): OperationReply => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: new TextEncoder().encode(JSON.stringify({ error: { code, message, target: request.headers['x-request-id'] } })),
});
