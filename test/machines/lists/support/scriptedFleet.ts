/** Defender's list of machines as a test says it is: asked by offset, it may change between two questions. */

import type { Answer } from '../../../../src/defender/answer.ts';
import { calls } from '../../../../src/defender/calls.ts';
import { type Question, readQuestion } from '../../../../src/defender/question.ts';
import { createLists, type ListOptions } from '../../../../src/machines/lists/lists.ts';
import type { Listed } from '../../../../src/machines/lists/walk.ts';
import { memoryPageKey } from '../../../../src/machines/memoryPageKey.ts';
import type { Told } from '../../../../src/machines/told.ts';
import { usualFreshness, type Wish } from '../../../../src/machines/wish.ts';

export type Row = Readonly<Record<string, unknown>>;

export const here = 'https://gateway.example/api/machines';
export const context = 'https://api.security.microsoft.com/api/$metadata#Machines';
export const wish: Wish = { waitMs: 30_000, priority: 'interactive', freshness: usualFreshness };

export interface FleetOptions extends Partial<ListOptions> {
  /** Most rows in an answer, whatever is asked for. */
  readonly mostRows?: number;
  /** Answers that are given instead, to the calls with these numbers. */
  readonly instead?: Readonly<Record<number, Answer>>;
}

export interface ScriptedFleet {
  rows: readonly Row[];
  /** What Defender was asked, in order. */
  readonly asked: { readonly question: Question; readonly wish: Wish }[];
  /** What Defender answered, in order. */
  readonly bodies: Uint8Array[];
  /** A request of a caller: options as they are written, decoded. */
  ask(query: string, path?: string): Promise<Listed>;
}

export const scriptedFleet = (rows: readonly Row[], options: FleetOptions = {}): ScriptedFleet => {
  const fleet: ScriptedFleet = {
    rows,
    asked: [],
    bodies: [],
    ask: (query, path = here) => lists.ask(questionOf(query, path.includes('/v1.0/')), wish, path),
  };
  const answer = (question: Question): Answer => {
    const instead = options.instead?.[fleet.asked.length];
    if (instead) return instead;
    const body = bodyOf(fleet.rows, question, options.mostRows ?? 10_000);
    fleet.bodies.push(body);
    return answered(200, body);
  };
  const lists = createLists({
    pageKey: memoryPageKey(),
    clock: { monotonic: () => 0, wall: () => 0 },
    ask: async (question, asking) => {
      fleet.asked.push({ question, wish: asking });
      return from(answer(question));
    },
    ...options,
  });
  return fleet;
};

export const answered = (status: number, body: Uint8Array): Answer => ({
  kind: 'answered',
  status,
  headers: { 'content-type': 'application/json', etag: '"1"' },
  body,
});

export const from = (answer: Answer): Told => ({
  answer,
  source: { kind: 'defender', because: 'miss', age: 0, isShared: false },
});

export const questionOf = (query: string, versioned = false): Question => {
  const call = calls.find(({ name }) => name === 'listMachines');
  if (!call) throw new Error('no listMachines');
  const read = readQuestion(call, { query: new URLSearchParams(query), versioned });
  if (read.kind === 'wrong') throw new Error(read.message);
  return read.question;
};

/** With the link as it was seen: where there is more, and no `$top` was given. */
const bodyOf = (rows: readonly Row[], { options }: Question, mostRows: number): Uint8Array => {
  const { top = mostRows, skip = 0 } = options;
  const value = rows.slice(skip, skip + Math.min(top, mostRows));
  const isCut = options.top === undefined && rows.length > skip + mostRows;
  const link = isCut ? { '@odata.nextLink': 'https://evil.example/api/machines?=&$skip=10000' } : {};
  return new TextEncoder().encode(JSON.stringify({ '@odata.context': context, value, ...link }));
};

export interface Page {
  readonly json: Readonly<Record<string, unknown>>;
  readonly rows: readonly Row[];
  readonly ids: readonly unknown[];
  /** The query of the link to the next page. */
  readonly next: string | undefined;
  readonly text: string;
  readonly body: Uint8Array;
  readonly warning: string | undefined;
}

/** The page that came of it. @throws where none did */
export const pageOf = (listed: Listed): Page => {
  const answer = answerOf(listed);
  if (answer.kind !== 'answered' || answer.status !== 200) throw new Error(`no page: ${JSON.stringify(listed)}`);
  const text = new TextDecoder().decode(answer.body);
  const json = JSON.parse(text);
  const next = json['@odata.nextLink']?.split('?')[1];
  const ids = json.value.map(({ id }: Row) => id);
  return { json, rows: json.value, ids, next, text, body: answer.body, warning: answer.warning };
};

/** @throws where there is none */
export const answerOf = (listed: Listed): Answer => {
  if (listed.kind === 'wrong') throw new Error(listed.message);
  return listed.told.answer;
};

/** Rows with these ids. */
export const machines = (...ids: readonly (string | number)[]): readonly Row[] => ids.map((id) => ({ id: `${id}` }));

/** Ids from one number to another. */
export const span = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);
