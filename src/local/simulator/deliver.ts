/**
 * An answer's way onto the wire: deflate where the caller takes it, chunks without a length, as captured answers have
 * it, and what a fault does to the connection.
 */
import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import type { Bodies } from './bodies.ts';
import type { FaultAction } from './faults/faultRules.ts';

/** Sends it, or as much of it as the fault leaves. */
export const deliver = async (
  response: ServerResponse,
  answer: Answer,
  bodies: Bodies,
  acceptEncoding: string,
  fault: FaultAction | undefined,
): Promise<void> => {
  if (fault?.reset) {
    response.socket?.resetAndDestroy();
    return;
  }
  const deflated = takesDeflate(acceptEncoding) && answer.body !== '' && !fault?.garbage;
  const body = deflated ? await bodies.deflated(answer.body) : bodies.plain(answer.body);
  if (response.destroyed) return;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(deflated && { 'Content-Encoding': 'deflate' }),
    Vary: 'Accept-Encoding',
    ...(body.length > 0 ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': '0' }),
  });
  if (fault?.cut === undefined) response.end(body);
  else response.write(body.subarray(0, fault.cut), () => response.destroy());
};

/** `gzip, deflate;q=0.5` and `*` take it, `deflate;q=0` does not. */
const takesDeflate = (acceptEncoding: string): boolean =>
  acceptEncoding.split(',').some((piece) => {
    const [name = '', weight = ''] = piece.split(';').map((part) => part.trim().toLowerCase());
    return (name === 'deflate' || name === '*') && !/^q=0(\.0*)?$/.test(weight);
  });
