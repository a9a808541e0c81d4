import type { IncomingMessage } from 'node:http';
import type { HttpData, Invocation } from '../invoker.ts';
import { type Address, encodePath } from './address.ts';
import { readQuery } from './query.ts';
import type { RouteMatch } from './routes.ts';
import { traceContext } from './traceContext.ts';

/** One request as the host hands it to the worker. */
export const httpInvocation = (
  request: IncomingMessage,
  address: Extract<Address, { kind: 'address' }>,
  { route, values }: RouteMatch,
  body: Buffer,
): Invocation => {
  const http: HttpData = {
    method: request.method ?? 'GET',
    url: `http://${request.headers.host ?? '127.0.0.1'}${encodePath(address.path)}${address.query}`,
    headers: headersOf(request),
    query: readQuery(address.query),
    params: values,
    ...(body.length > 0 ? { body: { bytes: body } } : {}),
  };
  const { traceparent, tracestate } = request.headersDistinct;
  return {
    functionName: route.functionName,
    inputData: [{ name: route.bindingName, data: { http } }],
    triggerMetadata: {},
    traceContext: traceContext(traceparent?.[0], tracestate?.join(',')),
  };
};

/** Names in lower case, the values of a repeated one joined by a comma; the worker asks not to be sent empty ones. */
const headersOf = (request: IncomingMessage): Record<string, string> => {
  const joined = Object.entries(request.headersDistinct).map(([name, values = []]) => [name, utf8(values)] as const);
  return Object.fromEntries(joined.filter(([, value]) => value !== ''));
};

/** Node reads a header byte by byte, Kestrel as UTF-8. */
const utf8 = (values: readonly string[]) => Buffer.from(values.join(','), 'latin1').toString();
