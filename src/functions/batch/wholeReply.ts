import { HttpResponse, type HttpResponseInit } from '@azure/functions';

/** What a function answered, read to its end. */
export interface WholeReply {
  readonly status: number;
  /** Names in lower case; without those that belong to a connection. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is none. */
  readonly body: Uint8Array;
}

/** What a handler gave, in whatever form the library takes. Bytes are not copied. @throws what its body throws */
export const wholeReply = async (given: HttpResponseInit | HttpResponse): Promise<WholeReply> => {
  if (isOfBytes(given)) return whole(given.status ?? 200, new Headers(given.headers), given.body);
  const response = given instanceof HttpResponse ? given : new HttpResponse(given);
  return whole(response.status, response.headers, new Uint8Array(await response.arrayBuffer()));
};

const isOfBytes = (given: HttpResponseInit | HttpResponse): given is HttpResponseInit & { body: Uint8Array } =>
  !(given instanceof HttpResponse) && given.jsonBody === undefined && given.body instanceof Uint8Array;

const whole = (status: number, headers: Iterable<readonly [string, string]>, body: Uint8Array): WholeReply => ({
  status,
  headers: Object.fromEntries([...headers].filter(([name]) => !ofConnections.test(name))),
  body: bodiless.has(status) ? new Uint8Array() : body,
});

const ofConnections = /^(?:connection|content-length|keep-alive|transfer-encoding)$/;

/** "HTTP Semantics" (RFC 9110), 15.3.5, 15.3.6 and 15.4.5. */
const bodiless = new Set([204, 205, 304]);
