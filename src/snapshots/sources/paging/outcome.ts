/** What Defender's answer is worth to who reads a list. */
import type { Answer, Answered } from '../../../defender/answer.ts';
import { readDefenderError } from '../../../defender/defenderError.ts';
import { type Sliced, sliceRows } from '../../../odata/collection.ts';
import type { NotPage } from './listPlan.ts';

export interface Rows {
  readonly kind: 'rows';
  readonly body: Uint8Array;
  readonly sliced: Sliced;
}

export type Outcome = Rows | NotPage;

export const noRows: Rows = {
  kind: 'rows',
  body: new Uint8Array(),
  sliced: { opens: 0, starts: [], ends: [], closes: 0, members: [], brace: 0 },
};

/** Seconds where nobody says how long to wait. */
const usualWait = 30;

export const outcomeOf = (answer: Answer): Outcome => {
  switch (answer.kind) {
    case 'answered':
      return answer.status === 200 ? rowsOf(answer) : refusalOf(answer);
    case 'throttled':
      return { kind: 'wait', seconds: answer.retryAfterSeconds, reason: answer.message };
    case 'closed':
      return { kind: 'wait', seconds: answer.retryAfterSeconds, reason: answer.reason };
    case 'unreachable':
    case 'late':
      return { kind: 'wait', seconds: usualWait, reason: answer.reason };
    case 'notCached':
      return { kind: 'wait', seconds: usualWait, reason: 'no answer is kept' };
  }
};

const rowsOf = ({ body }: Answered): Outcome => {
  const sliced = sliceRows(body);
  if (sliced) return { kind: 'rows', body, sliced };
  return {
    kind: 'refused',
    reason: "Defender answered 200 with a body that is no list: it has no 'value', or was cut",
  };
};

const refusalOf = (answered: Answered): Outcome => {
  const { status } = answered;
  const reason = reasonOf(answered);
  if (status === 403 || status === 404 || status === 410) return { kind: 'notServed', status, reason };
  if (status < 500 && status !== 408) return { kind: 'refused', reason };
  const asked = Number(answered.headers['retry-after']);
  return { kind: 'wait', seconds: asked > 0 ? asked : usualWait, reason };
};

const reasonOf = ({ status, body, warning }: Answered): string => {
  const { code, message } = readDefenderError(body) ?? {};
  const said = [code, message].filter((each) => each).join(': ');
  return [`Defender answered ${status}${said && ` (${said})`}.`, warning].filter((each) => each).join(' ');
};
