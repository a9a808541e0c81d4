/** Composed states as HTTP. Each list is asked as it would be for anybody, so kept answers and calls under way are shared. */
import type { Answered } from '../../defender/answer.ts';
import type { Question } from '../../defender/question.ts';
import { problemResponse } from '../../http/problem.ts';
import { judge } from '../../machines/judge.ts';
import { createSources } from '../../machines/resolver/source.ts';
import type { Told } from '../../machines/told.ts';
import type { Asking, StatesPage } from '../../snapshots/live/asking.ts';
import type { Asked } from '../asked.ts';
import { payerOf, replyOf } from '../finished.ts';
import type { Services } from '../services.ts';
import { ofSource, type StatesReply } from './statesReply.ts';

/** @param question of the preview, which is not asked */
export const composedStates = async (
  { call, options }: Question,
  asked: Asked,
  here: string,
  services: Services,
): Promise<StatesReply> => {
  const { $skiptoken: token, ...others } = options.others ?? {};
  // They are always counted.
  const other = Object.keys(others).find((name) => name !== '$count');
  const { requestId } = asked.caller;
  if (other !== undefined) return { reply: problemResponse(notTaken(other), requestId), payer: call };
  const asks = askingOf(asked, token, here, services);
  const outcome = await services.liveStates.compose(asks.asking);
  switch (outcome.kind) {
    case 'refused':
      return { reply: problemResponse(outcome, requestId), payer: call };
    case 'unheard': {
      const payer = payerOf(outcome.told, outcome.call);
      return { reply: replyOf(outcome.told, asked, payer, services), payer };
    }
    case 'states': {
      if (outcome.kept) asks.sources.add({ kind: 'cache', ...outcome.kept });
      const told = { answer: answeredWith(outcome), source: asks.sources.together() };
      const payer = outcome.call ?? call;
      return { reply: ofSource(replyOf(told, asked, payer, services), 'composed'), payer };
    }
  }
};

const askingOf = ({ wish }: Asked, token: string | undefined, here: string, { lists, clock }: Services) => {
  const sources = createSources(clock);
  const asking: Asking<Told> = {
    async ask(question, waitMs) {
      const listed = await lists.ask(question, { ...wish, waitMs }, here);
      if (listed.kind === 'told') sources.add(listed.told.source);
      return listed;
    },
    ageOf: ({ source }) => (source.kind === 'nowhere' ? 0 : (source.age ?? 0)),
    accepts: (age, lifetime) => judge({ age, lifetime }, wish.freshness) === 'usable',
    keeps: !wish.freshness.noStore,
    waitMs: wish.waitMs,
    token,
    here,
  };
  return { asking, sources };
};

const answeredWith = ({ body, warning }: StatesPage): Answered => ({
  kind: 'answered',
  status: 200,
  headers: { 'content-type': 'application/json; odata.metadata=minimal', 'odata-version': '4.0' },
  body,
  ...(warning === undefined ? {} : { warning }),
});

const notTaken = (option: string) => ({
  status: 400,
  code: 'ODataError',
  message: `${option}: security states are composed by the gateway at present (x-gateway-source), and are given whole. Leave it out, and follow '@odata.nextLink'`,
});
