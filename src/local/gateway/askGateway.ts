/** A gateway, asked over HTTP by who holds a key to it. */
import * as z from 'zod';

export interface GatewayDoor {
  /** Without a slash at the end. */
  readonly url: string;
  readonly key?: string | undefined;
  /** Where callers are known by tokens. */
  readonly token?: string | undefined;
  /** What kind of key that is: `the master key`. */
  readonly wantedKey: string;
  readonly stopping: AbortSignal;
}

/** The gateway does not answer, or not with what was asked for; the message says what to do. */
export class GatewayFault extends Error {
  override readonly name = 'GatewayFault';
  /** Whether it can be otherwise in a moment. */
  readonly mayPass: boolean;
  /** Of the answer, where there was one. */
  readonly status: number | undefined;
  /** What the answer said of the fault. */
  readonly said: string | undefined;

  constructor(message: string, { mayPass = false, status, said, cause }: GatewayFaultOptions = {}) {
    super(message, { cause });
    this.mayPass = mayPass;
    this.status = status;
    this.said = said;
  }
}

interface GatewayFaultOptions {
  readonly mayPass?: boolean;
  readonly status?: number;
  readonly said?: string;
  readonly cause?: unknown;
}

/** @param body posted as JSON; without one it is a GET @throws GatewayFault for anything but 2xx */
export type AskGateway = (path: string, body?: object) => Promise<Response>;

/** Milliseconds for one answer. */
const patienceMs = 30_000;

export const askGateway =
  (door: GatewayDoor): AskGateway =>
  async (path, body) => {
    try {
      const response = await fetch(door.url + path, {
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
        headers: {
          ...(door.key && { 'x-functions-key': door.key }),
          ...(door.token && { authorization: `Bearer ${door.token}` }),
          'content-type': 'application/json',
        },
        signal: AbortSignal.any([door.stopping, AbortSignal.timeout(patienceMs)]),
      });
      return response.ok ? response : await Promise.reject(await refused(response, door, path));
    } catch (error) {
      if (error instanceof GatewayFault) throw error;
      const { message, cause } = error as Error;
      const why = cause instanceof Error ? cause.message : message;
      throw new GatewayFault(`${door.url} does not answer: ${why}`, { mayPass: true, cause: error });
    }
  };

const refused = async (response: Response, door: GatewayDoor, path: string): Promise<GatewayFault> => {
  const { status } = response;
  const { url } = door;
  if (status === 401 || status === 403) return notLetIn(status, door, saidIn(await response.text()));
  const mayPass = status >= 500 || status === 429;
  const said = saidIn(await response.text());
  return new GatewayFault(`${url}${path} answered ${status}: ${said}`, { mayPass, status, said });
};

const notLetIn = (status: number, { url, wantedKey, token }: GatewayDoor, said: string): GatewayFault =>
  new GatewayFault(
    token === undefined
      ? `${url} refuses the key; --key takes ${wantedKey} of the functions app, and where CALLER_AUTH is entra there, --token a token for it`
      : `${url} refuses the token or the key (${status}): ${said}`,
    { status },
  );

const errorBody = z.object({ error: z.object({ message: z.string() }) });

/** The message of the gateway's own errors; of anything else, its begin. */
const saidIn = (body: string): string => {
  try {
    return errorBody.parse(JSON.parse(body)).error.message;
  } catch {
    return body.slice(0, 300);
  }
};
