/** Asks for the machines of an alert: by their ids where events name them, else by the alert. */
import type { Clock } from '../../clock.ts';
import type { EnrichedMachine } from '../event.ts';
import type { Found, MachineAnswer, MachineSource } from '../machineSource.ts';
import type { AlertRecord } from '../record.ts';
import type { Spellings } from './spellings.ts';

export interface AskedMachines {
  readonly machines: readonly EnrichedMachine[];
  /** Ids, or the alert itself, that Defender does not know. */
  readonly absent: readonly string[];
  /** Why there is no answer yet; of several, the one that is worst. */
  readonly open: Exclude<MachineAnswer, { kind: 'found' | 'absent' }> | undefined;
  readonly calls: number;
  /** All that Defender may know it by was asked; otherwise its absence does not count. */
  readonly isWhole: boolean;
}

/** Which of several looks at an alert that Defender does not know at once. */
export interface Look {
  /** No look has asked for all that Defender may know it by. */
  readonly isFirst: boolean;
  /** It is old enough to end, where Defender does not know it now. */
  readonly isLast: boolean;
}

export interface AskingParts {
  readonly source: MachineSource;
  readonly spellings: Spellings;
  readonly clock: Pick<Clock, 'wall'>;
}

export const askMachines = (record: AlertRecord, look: Look, parts: AskingParts): Promise<AskedMachines> =>
  record.machineIds.length > 0 ? askByIds(record.machineIds, parts) : askByAlert(record.alertId, look, parts);

const askByIds = async (ids: readonly string[], { source, clock }: AskingParts): Promise<AskedMachines> => {
  const answers = await Promise.all(ids.map(async (id) => ({ id, answer: await source.byId(id) })));
  return {
    machines: answers.flatMap(({ answer }) => (answer.kind === 'found' ? [machineOf(answer, 'machineId', clock)] : [])),
    absent: answers.flatMap(({ id, answer }) => (answer.kind === 'absent' ? [id] : [])),
    open: worst(answers.map(({ answer }) => answer)),
    calls: answers.reduce((sum, { answer }) => sum + answer.calls, 0),
    isWhole: true,
  };
};

const askByAlert = async (alertId: string, look: Look, parts: AskingParts): Promise<AskedMachines> => {
  const { source, spellings, clock } = parts;
  const isForAll = look.isLast || look.isFirst;
  const answers: MachineAnswer[] = [];
  for (const spelling of await spellings.of(alertId)) {
    const answer = await source.ofAlert(spelling);
    answers.push(answer);
    if (answer.kind === 'found') {
      // Where it can't be kept, the next one learns it anew.
      if (answers.length > 1) await spellings.learn(spelling).catch(() => undefined);
      return {
        ...ofAnswers(alertId, answers),
        machines: [machineOf(answer, 'alertId', clock)],
        absent: [],
        open: undefined,
      };
    }
    if (answer.kind === 'throttled' || answer.kind === 'unavailable') break;
    // One that is refused for its form says nothing: the other is asked.
    if (answer.kind === 'absent' && !isForAll) break;
  }
  return ofAnswers(alertId, answers);
};

const ofAnswers = (alertId: string, answers: readonly MachineAnswer[]): AskedMachines => {
  const asked = worst(answers);
  // Defender may refuse a spelling for its form; what it says of the other counts.
  const open = asked?.kind === 'refused' && answers.some(({ kind }) => kind === 'absent') ? undefined : asked;
  const calls = answers.reduce((sum, answer) => sum + answer.calls, 0);
  return { machines: [], absent: open ? [] : [alertId], open, calls, isWhole: answers.length > 1 };
};

const machineOf = (found: Found, by: EnrichedMachine['by'], clock: Pick<Clock, 'wall'>): EnrichedMachine => {
  const { machine, ageSeconds, from } = found;
  const asOf = new Date(clock.wall() - ageSeconds * 1000).toISOString();
  return { machine, ageSeconds: Math.round(ageSeconds), asOf, from, by };
};

type Open = NonNullable<AskedMachines['open']>;

/** What must be waited for longest is told; a refusal only where nothing else is open, for it ends the alert. */
const worst = (answers: readonly MachineAnswer[]): Open | undefined => {
  const open = answers.filter((answer): answer is Open => answer.kind !== 'found' && answer.kind !== 'absent');
  const unavailable = open.find(({ kind }) => kind === 'unavailable');
  const throttled = open
    .filter((answer) => answer.kind === 'throttled')
    .toSorted((a, b) => b.retryAfterSeconds - a.retryAfterSeconds)[0];
  return unavailable ?? throttled ?? open[0];
};
