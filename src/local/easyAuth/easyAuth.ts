/**
 * The stand-in for App Service Authentication with `requireAuthentication` and `Return401`: a wall before the functions host, which lets through who
 * has a right token, and what `excludedPaths` names.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../listen.ts';
import type { RunningPart } from '../part.ts';
import { type AdmissionRules, admit } from './admission.ts';
import { passOn } from './passOn.ts';

export interface EasyAuthOptions extends AdmissionRules {
  /** 0 for a free one. */
  readonly port: number;
  /** What stands behind it, on this machine. */
  readonly target: string;
  readonly tenantId: string;
  /** Until what stands behind begins to answer; 230 s unless told ("Functions HTTP trigger", limits). */
  readonly answersWithinMs?: number;
}

/** @throws Error when the port is taken */
export const startEasyAuth = (options: EasyAuthOptions): Promise<RunningPart> => {
  const behind = { port: Number(new URL(options.target).port), answersWithinMs: options.answersWithinMs ?? 230_000 };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const admission = await admit(request, options);
    if (admission.kind === 'admitted') return passOn(request, response, admission.headers, behind);
    const { status } = admission;
    response.writeHead(status, status === 401 ? { 'WWW-Authenticate': challenge(request, options) } : {});
    response.end(status === 401 ? 'You do not have permission to view this directory or page.' : '');
  };
  const server = createServer({ maxHeaderSize: 65_536, requestTimeout: 0 }, (request, response) => {
    answer(request, response).catch(() => (response.headersSent ? response.destroy() : response.writeHead(500).end()));
  });
  return listen(server, options.port);
};

const challenge = ({ headers }: IncomingMessage, { tenantId, audiences }: EasyAuthOptions): string =>
  [
    `Bearer realm="${headers.host ?? ''}"`,
    `authorization_uri="https://login.windows.net/${tenantId}/oauth2/authorize"`,
    `resource_id="${audiences.at(-1) ?? ''}"`,
  ].join(' ');
