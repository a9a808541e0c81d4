import type { Question } from '../../defender/question.ts';
import type { Asked } from '../asked.ts';
import { payerOf, replyOf } from '../finished.ts';
import { ledToUs } from '../ownLinks.ts';
import type { Services } from '../services.ts';
import { ofSource, type StatesReply } from './statesReply.ts';

/** What the preview says, with links that lead here; undefined where states are to be composed instead, because it is not served. */
export const previewStates = async (
  question: Question,
  asked: Asked,
  here: string,
  services: Services,
): Promise<StatesReply | undefined> => {
  const { call, options } = question;
  const listed = await services.lists.ask(question, asked.wish, here);
  if (listed.kind === 'wrong') throw new Error(`the preview can't be asked: ${listed.message}`);
  const { answer } = listed.told;
  const isAnswered = answer.kind === 'answered';
  if (isAnswered && (await services.liveStates.isInstead(answer.status, options.others?.$skiptoken))) return undefined;
  const told = ledToUs(listed.told, here);
  return { reply: ofSource(replyOf(told, asked, call, services), 'preview'), payer: payerOf(told, call) };
};
