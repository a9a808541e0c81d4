/**
 * GET /testwdatppreview/machinesecuritystates: the security states of the fleet, from the preview where that is served, else composed of machines and
 * antivirus (`SECURITY_STATES_SOURCE`). `x-gateway-source` on each 200 says which.
 */
import type { HttpRequest } from '@azure/functions';
import type { Call } from '../defender/call.ts';
import { readQuestion } from '../defender/question.ts';
import { problemResponse } from '../http/problem.ts';
import { queryOf } from '../http/query.ts';
import { type Asked, readAsked } from './asked.ts';
import { finished } from './finished.ts';
import { composedStates } from './machineSecurityStates/composed.ts';
import { previewStates } from './machineSecurityStates/preview.ts';
import type { StatesReply } from './machineSecurityStates/statesReply.ts';
import { addressOf } from './ownLinks.ts';
import type { HttpFunction, Services } from './services.ts';
import { triggerOf } from './triggers.ts';

/** @param call the preview's */
export const machineSecurityStates = (call: Call, services: Services): HttpFunction => ({
  ...triggerOf(call, false),
  async handler(request, _, identity) {
    const asked = readAsked(request, identity, services);
    const { reply, payer } = await answer(call, services, asked, request);
    return finished(reply, asked, payer, request, services);
  },
});

const answer = async (call: Call, services: Services, asked: Asked, request: HttpRequest): Promise<StatesReply> => {
  const read = readQuestion(call, { query: queryOf(request) });
  if (read.kind === 'wrong') {
    return { reply: problemResponse({ ...read, status: read.status ?? 400 }, asked.caller.requestId), payer: call };
  }
  const { question } = read;
  const began = services.clock.monotonic();
  const here = addressOf(request);
  const source = await services.liveStates.sourceOf(question.options.others?.$skiptoken);
  const preview = source === 'preview' ? await previewStates(question, asked, here, services) : undefined;
  if (preview) return preview;
  const waitMs = Math.max(0, began + asked.wish.waitMs - services.clock.monotonic());
  return composedStates(question, { ...asked, wish: { ...asked.wish, waitMs } }, here, services);
};
