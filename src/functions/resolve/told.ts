/** What came of a resolver's question, as what the machines tell of any question: so its headers are those of any answer. */
import type { Call } from '../../defender/call.ts';
import { callNamed } from '../../defender/calls.ts';
import type { ResolveQuestion } from '../../machines/resolver/question.ts';
import type { Resolved } from '../../machines/resolver/resolve.ts';
import type { Told } from '../../machines/told.ts';

export const toldOf = (resolved: Resolved): Told => {
  const { source } = resolved;
  if (resolved.kind === 'failed') return { answer: resolved.answer, source };
  return {
    answer: {
      kind: 'answered',
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: new TextEncoder().encode(JSON.stringify(resolved.resolution)),
    },
    source,
  };
};

/** The call whose quota is spent on a question. */
export const callOf = (question?: ResolveQuestion): Call =>
  callNamed(question?.kind === 'alertId' ? 'alertMachine' : 'listMachines');
