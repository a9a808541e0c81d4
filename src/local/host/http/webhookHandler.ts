import type { Webhook } from '../invoker.ts';
import { keyLevel, refusal } from '../keys/access.ts';
import type { HostKeys } from '../keys/hostKeys.ts';
import { bare } from './answer.ts';
import type { Handler } from './front.ts';
import { headersOf } from './httpInvocation.ts';
import { readQuery } from './query.ts';
import { readBody } from './requestBody.ts';

/** Lets an extension answer at its own address, to those who have its system key or the master key. */
export const webhookHandler =
  (webhook: Webhook, keys: HostKeys, bodyLimit: number): Handler =>
  async (request, { query }) => {
    const refused = refusal(keyLevel(keys, request, query), 'system');
    if (refused) return { answer: bare(refused) };
    const body = await readBody(request, bodyLimit);
    if (body.kind !== 'read') return { answer: bare(body.kind === 'tooLarge' ? 413 : 400) };
    const { method = '' } = request;
    return {
      answer: await webhook({ method, query: readQuery(query), headers: headersOf(request), body: body.bytes }),
    };
  };
