/**
 * GET /gateway/openapi.json: what the gateway answers, as OpenAPI 2.0, ready to be made a custom connector of. What is told of is kept in a file
 * (`npm run connector`), which is loaded when it is first asked for.
 */

import { readCaller } from '../http/caller.ts';
import { conditional } from '../http/conditional.ts';
import { encoded } from '../http/encoded.ts';
import { readOwnQuery } from '../http/ownQuery.ts';
import { problemResponse } from '../http/problem.ts';
import { type Reply, withHeaders } from '../http/reply.ts';
import { reusableIfConfirmed } from '../http/reuse.ts';
import { openapiTrigger } from './openapi/openapiTrigger.ts';
import { type OpenApiDocument, type OwnAddress, ownDocument } from './openapi/ownDocument.ts';
import type { HttpFunction } from './services.ts';

export interface ForOpenApi {
  /** Without `url`: it is known by the address that it is asked at. */
  readonly connector: Omit<OwnAddress, 'url'> & { readonly url?: string | undefined };
}

export const openapi = ({ connector }: ForOpenApi): HttpFunction => ({
  ...openapiTrigger,
  async handler(request) {
    const { requestId } = readCaller(request);
    const query = readOwnQuery(request.query, []);
    const url = connector.url ?? new URL(request.url).origin;
    const reply =
      query.kind === 'wrong'
        ? problemResponse({ status: 400, code: 'InvalidInput', message: query.message }, requestId)
        : replyWith(ownDocument(await committed(), { ...connector, url }));
    const known = withHeaders(conditional(reply, request.headers.get('if-none-match')), { 'x-request-id': requestId });
    return encoded(known, request.headers.get('accept-encoding'));
  },
});

const committed = async (): Promise<OpenApiDocument> => (await import('../../docs/connector.swagger.json')).default;

const replyWith = (document: object): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8', ...reusableIfConfirmed },
  body: JSON.stringify(document),
});
