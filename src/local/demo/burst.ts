/** Many questions at once, of callers with and without time, and one caller who comes back when it was told to. */
import { systemClock } from '../../clock.ts';
import type { Answer, Stage } from './stage.ts';

export interface Made {
  readonly number: number;
  readonly canWait: boolean;
  readonly answer: Answer;
}

/** What came of obeying each `Retry-After`. */
export interface Obeyed {
  /** Seconds that it was told, one after the other. */
  readonly told: readonly number[];
  /** The last answer. */
  readonly answer: Answer;
}

export interface Burst {
  readonly made: readonly Made[];
  /** Undefined where nobody was refused. */
  readonly obeyed: Obeyed | undefined;
}

type Asked = Pick<Stage, 'ask'>;

/** Seconds that a caller who can wait does wait. */
export const waitSeconds = 30;
/** A promise of a slot binds nobody: when a machine is so busy that callers who wait miss theirs, they take the next ones. */
const mostReturns = 2;
/** Each asks for something else: whoever asks the same at the same moment shares one call. */
const target = (number: number) => `/api/machines?$top=1&$skip=${number}`;

/** Makes them in one moment; every third can wait. The last to be refused comes back: by then those who wait have their slots. */
export const burstOf = async (stage: Asked, calls: number): Promise<Burst> => {
  const making = Array.from({ length: calls }, (_, number) => make(stage, number));
  const refused = await lastRefused(making);
  const obeying = refused && obey(stage, refused);
  return { made: await Promise.all(making), obeyed: await obeying };
};

/** The number of a call in the trace id that Defender is sent. */
export const numberIn = (traceparent: string): number => Number(traceparent.slice(3, 35)) - 1;

const make = async ({ ask }: Asked, number: number): Promise<Made> => {
  const canWait = canWaitAt(number);
  const traceparent = `00-${String(number + 1).padStart(32, '0')}-00000000000000aa-01`;
  const answer = await ask(target(number), { prefer: `wait=${canWait ? waitSeconds : 0}`, traceparent });
  return { number, canWait, answer };
};

/** Of those who cannot wait: they are answered at once, long before the last of the others. */
const lastRefused = async (making: readonly Promise<Made>[]): Promise<Made | undefined> => {
  const refused: Made[] = [];
  const note = (made: Made) => {
    if (made.answer.status === 429) refused.push(made);
  };
  await Promise.all(making.filter((_, number) => !canWaitAt(number)).map((one) => one.then(note)));
  return refused.at(-1);
};

const canWaitAt = (number: number): boolean => number % 3 === 0;

const obey = async ({ ask }: Asked, refused: Made): Promise<Obeyed> => {
  const told: number[] = [];
  let { answer } = refused;
  while (answer.status === 429 && told.length < mostReturns) {
    const seconds = Number(answer.headers.get('retry-after'));
    told.push(seconds);
    await systemClock.sleep(seconds * 1000);
    answer = await ask(target(refused.number), { prefer: 'wait=0' });
  }
  return { told, answer };
};
