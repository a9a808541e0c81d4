/**
 * Lookups on their way: merged into one call where several are asked at once, alone where nobody else is there, and alone again where the
 * merged answer leaves a doubt. Where Defender refuses a form of the merged question, the next one is tried, and what it took is remembered.
 */
import type { Clock } from '../clock.ts';
import type { Answer } from '../defender/answer.ts';
import type { Defender } from '../defender/client.ts';
import type { Question } from '../defender/question.ts';
import type { Batch } from './batch.ts';
import type { Part } from './comeApart.ts';
import { createFlight, type Flight, type Landing, type Rider } from './flight.ts';
import { createForms, type Trial } from './forms.ts';
import { createLane, type Lane } from './lane.ts';
import type { Lookup } from './lookup.ts';
import { formsOf, mergedCall } from './mergedQuestion.ts';

export interface Lookups {
  /** One lookup on its way; `question` is what it asks where it goes alone. */
  flight(lookup: Lookup, question: Question): Flight;
  /** Whether it would travel with others: then it costs no call of its own. */
  isBusy(lookup: Lookup): boolean;
}

export interface LookupsOptions {
  readonly ask: Defender['ask'];
  /** Bytes of the whole address. */
  readonly addressBytes: (question: Question) => number;
  readonly clock: Clock;
}

/** Who waits no longer than this does not wait for calls that are under way. */
const shortWaitMs = 2000;

/**
 * Statuses by which a question may be refused for its form: its filter or the length of its address. A 500 may be that as well, or
 * anything else: it is tried in one more form, no more.
 */
const formRefusals = [400, 405, 413, 414, 431, 501];
const isFormRefused = (status: number, level: number): boolean =>
  formRefusals.includes(status) || (status === 500 && level === 0);

export const createLookups = ({ ask, addressBytes, clock }: LookupsOptions): Lookups => {
  const lanes = new Map<string, Lane>();
  const known = createForms(clock);
  const trials = new WeakMap<Batch, Trial>();

  const trialOf = (refused: Batch): Trial => {
    const trial = trials.get(refused) ?? known.trial(refused.sent);
    trials.set(refused, trial);
    return trial;
  };

  const laneOf = ({ lane: name }: Lookup): Lane => {
    const lane = lanes.get(name) ?? createLane({ ask, addressBytes, clock });
    lanes.set(name, lane);
    return lane;
  };

  return {
    isBusy: (lookup) => laneOf(lookup).isBusy,
    flight(lookup, question) {
      const lane = laneOf(lookup);
      const forms = formsOf(lookup);
      let batch: Batch | undefined;
      let alone: Flight | undefined;
      let level = known.level(lookup.lane);
      let riders = 0;
      /** Of the calls in which it was refused. */
      const own = new Set<Trial>();
      /** A machine has a call and a quota of its own; what is asked as a list can still be joined by others until it is sent. */
      const isMachine = question.call !== mergedCall;

      const goAlone = (): Flight => {
        if (batch) leave(batch);
        alone ??= createFlight({
          clock,
          call: question.call,
          ask: lane.followed((options) => ask(question.call, () => question, options)),
        });
        return alone;
      };

      const leave = (left: Batch): void => {
        left.remove(lookup);
        if (batch === left) batch = undefined;
      };

      const place = (rider: Rider): Batch | undefined => {
        const form = forms[level];
        if (!form) return undefined;
        batch ??= lane.place(lookup, question, form, level);
        if (rider.turnBy - clock.monotonic() <= shortWaitMs) batch.hurried.come();
        return batch;
      };

      /** What a merged call brought; undefined where the lookup has to go on. */
      const read = (tried: Batch, landing: Landing): Landing | undefined => {
        const { answer } = landing;
        if (answer.kind !== 'answered') return landing;
        if (tried.isOwn) return ended(landing, tried.level);
        if (isFormRefused(answer.status, level)) {
          own.add(trialOf(tried));
          if (batch === tried) [batch, level] = [undefined, level + 1];
          return undefined;
        }
        // Of a list that nothing is in, Defender may say 404: each is asked what it is told.
        const part: Part | undefined = answer.status === 404 ? { kind: 'uncertain' } : tried.partOf(landing, lookup);
        if (part) ended(landing, tried.level);
        if (part?.kind === 'uncertain') goAlone();
        return part?.kind === 'uncertain' ? undefined : { ...landing, answer: part ? askedFor(part.answered) : answer };
      };

      const askedFor = (answered: Answer & { kind: 'answered' }): Answer =>
        question.call.value ? { ...answered, askedFor: question.path + question.query } : answered;

      /** Tells of a form that was taken, or of a refusal that is the lookup's own. */
      const ended = (landing: Landing, taken: number): Landing => {
        const { answer } = landing;
        if (answer.kind !== 'answered') return landing;
        for (const trial of own) trial.ended(lookup, answer.status === 400 ? 'refused' : taken);
        return landing;
      };

      const travel = async (rider: Rider): Promise<Landing> => {
        for (;;) {
          const tried = alone ? undefined : place(rider);
          if (!tried) return ended(await goAlone().board(rider), Math.min(level, forms.length));
          await tried.gathered.came;
          if (isMachine && batch === tried && tried.flight.sentAt === undefined && tried.lookups.size === 1) goAlone();
          if (alone) continue;
          const brought = read(tried, await tried.flight.board(rider));
          if (brought) return brought;
        }
      };

      return {
        get sentAt() {
          return (alone ?? batch?.flight)?.sentAt;
        },
        get riders() {
          return riders;
        },
        async board(rider) {
          riders += 1;
          try {
            return await travel(rider);
          } finally {
            riders -= 1;
            if (riders === 0 && batch && batch.flight.sentAt === undefined) leave(batch);
          }
        },
      };
    },
  };
};
