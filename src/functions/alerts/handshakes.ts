/** What webhooks ask before they send anything: whether somebody wants it here. The key was looked at before. */
import type { HttpRequest } from '@azure/functions';
import { problemResponse } from '../../http/problem.ts';
import type { Reply } from '../../http/reply.ts';
import { notReusable } from '../../http/reuse.ts';

/** @returns undefined where it is no handshake that is known without the body */
export const handshakeReply = (request: HttpRequest, requestId: string): Reply | undefined => {
  if (request.method === 'OPTIONS') return permission(request);
  const token = [...request.query].find(([name]) => name.toLowerCase() === 'validationtoken')?.[1];
  return token ? graphToken(token, requestId) : undefined;
};

/** Event Grid takes no other status than 200 ("Endpoint validation with Event Grid event schema"). */
export const validationReply = (code: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8', ...notReusable },
  body: JSON.stringify({ validationResponse: code }),
});

/** Characters; all that Azure takes of a query. */
const longestToken = 4096;

/** Graph wants back what it sent, as text ("Receive change notifications through webhooks"); it may be anything, so nobody is to take it for a page. */
const graphToken = (token: string, requestId: string): Reply => {
  if (token.length > longestToken) {
    const message = `validationToken: it has ${token.length} characters; ${longestToken} are the most`;
    return problemResponse({ status: 400, code: 'InvalidInput', message }, requestId);
  }
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', ...notReusable },
    body: token,
  };
};

const allow = { allow: 'POST, OPTIONS' } as const;

/**
 * "HTTP 1.1 Web Hooks for Event Delivery", 4: whoever has a key may send, at any rate, for alerts are only recorded here, and the calls for them
 * spread. The address that some want to be called at instead (`WebHook-Request-Callback`) is called by nobody.
 */
const permission = ({ headers }: HttpRequest): Reply => {
  const origin = headers.get('webhook-request-origin')?.trim() ?? '';
  if (!/^[!-~]{1,253}$/.test(origin)) return { status: 204, headers: { ...allow }, body: '' };
  const allowed = { 'webhook-allowed-origin': origin, 'webhook-allowed-rate': '*' };
  return { status: 200, headers: { ...allow, ...allowed }, body: '' };
};
