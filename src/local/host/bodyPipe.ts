/**
 * The way of big bodies from the worker to its host, beside the messages: a body in a message is held three times over on its way.
 * Each has the id of its invocation and its length in front.
 */
import type { Readable, Writable } from 'node:stream';
import type { InvocationResult, TypedData } from './invoker.ts';

/** The pipe's number in the worker: after stdin, stdout, stderr and the messages. */
export const bodyPipeNumber = 4;

/** Bytes from which on a body goes through the pipe. */
export const bigBody = 65_536;

/** An id as `randomUUID` makes it, and a length. */
const idBytes = 36;
const headBytes = idBytes + 4;

export interface Parted {
  /** Without its body, if that is big. */
  readonly result: InvocationResult;
  readonly body?: Uint8Array;
}

/** Takes the body of an HTTP answer out of a result where it is big. */
export const partBody = (result: InvocationResult): Parted => {
  const http = httpOf(result);
  if (!http?.body || !('bytes' in http.body) || http.body.bytes.length < bigBody) return { result };
  const { body, ...bodiless } = http;
  return { result: { ...result, returnValue: { http: bodiless } } as InvocationResult, body: body.bytes };
};

/** Puts it back. */
export const joinBody = (result: InvocationResult, bytes: Uint8Array): InvocationResult => {
  const http = httpOf(result);
  return http ? ({ ...result, returnValue: { http: { ...http, body: { bytes } } } } as InvocationResult) : result;
};

const httpOf = (result: InvocationResult): Extract<TypedData, { http: unknown }>['http'] | undefined =>
  result.kind === 'succeeded' && result.returnValue && 'http' in result.returnValue
    ? result.returnValue.http
    : undefined;

/** @returns what sends the body of an invocation; it is not copied */
export const sendBodies =
  (pipe: Writable) =>
  (invocationId: string, body: Uint8Array): void => {
    const head = Buffer.alloc(headBytes);
    head.write(invocationId, 'latin1');
    head.writeUInt32BE(body.length, idBytes);
    pipe.cork();
    pipe.write(head);
    pipe.write(body);
    pipe.uncork();
  };

/**
 * @param pipe undefined where there is none: nothing comes
 * @returns what gives the body of an invocation once it is here, to one who asks for it
 */
export const receiveBodies = (pipe: Readable | undefined): ((invocationId: string) => Promise<Uint8Array>) => {
  const slots = new Map<string, Slot>();
  const slotOf = (id: string): Slot => {
    const slot = slots.get(id) ?? createSlot();
    slots.set(id, slot);
    return slot;
  };
  if (pipe) readFrames(pipe, (id, body) => slotOf(id).fill(body));
  return (id) => slotOf(id).body.finally(() => slots.delete(id));
};

interface Slot {
  readonly body: Promise<Uint8Array>;
  fill(body: Uint8Array): void;
}

const createSlot = (): Slot => {
  let fill: Slot['fill'] = () => undefined;
  const body = new Promise<Uint8Array>((resolve) => {
    fill = resolve;
  });
  return { body, fill };
};

/** Copies what comes to where it belongs at once: a head, a body of the length that it tells, the next head. */
const readFrames = (pipe: Readable, arrived: (id: string, body: Uint8Array) => void): void => {
  const head = Buffer.alloc(headBytes);
  let target: Buffer = head;
  let filled = 0;
  const next = () => {
    const ended = target;
    target = ended === head ? Buffer.allocUnsafeSlow(head.readUInt32BE(idBytes)) : head;
    filled = 0;
    if (ended !== head) arrived(head.toString('latin1', 0, idBytes), ended);
  };
  pipe.on('data', (chunk: Buffer) => {
    for (let at = 0; at < chunk.length; ) {
      const copied = chunk.copy(target, filled, at);
      at += copied;
      filled += copied;
      if (filled === target.length) next();
    }
  });
};
