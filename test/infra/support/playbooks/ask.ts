import type { HttpInputs } from './definition.ts';
import type { Outcome, World } from './run.ts';

/**
 * What an HTTP action comes to. 202 with a `Location` is asked for until it is another status, unless the pattern is off ("Call external HTTP or
 * HTTPS endpoints from workflows", asynchronous request-response). A retry policy is not played: an answer is taken as it comes.
 */
export const ask = async (world: World, inputs: HttpInputs, isPlain: boolean): Promise<Outcome> => {
  const { method, uri: url, headers = {}, body, authentication } = inputs;
  const audience = authentication?.audience;
  let received = await world.send({ method, url, headers, body, audience });
  while (!isPlain && received.status === 202 && received.headers.has('location')) {
    await world.pause(Number(received.headers.get('retry-after') ?? 20));
    const place = received.headers.get('location') ?? '';
    received = await world.send({ method: 'GET', url: place, headers: {}, body: undefined, audience });
  }
  const status = received.status < 300 ? 'Succeeded' : 'Failed';
  return { status, outputs: { statusCode: received.status, body: received.body }, body: received.body };
};
