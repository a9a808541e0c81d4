import type { IncomingHttpHeaders } from 'node:http';
import { keyLevel, refusal } from '../keys/access.ts';
import type { HostKeys } from '../keys/hostKeys.ts';
import { type Answer, bare } from './answer.ts';
import type { Handler } from './front.ts';
import { readBody } from './requestBody.ts';

/** What answers at the address of an extension, such as that of Event Grid. */
export type Webhook = (request: {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}) => Promise<Answer>;

/** Lets an extension answer at its own address, to those who have its system key or the master key. */
export const webhookHandler =
  (webhook: Webhook, keys: HostKeys, bodyLimit: number): Handler =>
  async (request, { query }) => {
    const refused = refusal(keyLevel(keys, request, query), 'system');
    if (refused) return { answer: bare(refused) };
    const body = await readBody(request, bodyLimit);
    if (body.kind !== 'read') return { answer: bare(body.kind === 'tooLarge' ? 413 : 400) };
    const { headers } = request;
    return { answer: await webhook({ headers, query: new URLSearchParams(query), body: body.bytes }) };
  };
