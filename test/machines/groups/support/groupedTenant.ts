/** A Defender over machines of several groups, and the gateway's machines before it, asked as functions ask them. */
import type { Answer } from '../../../../src/defender/answer.ts';
import type { Question } from '../../../../src/defender/question.ts';
import { createFinder } from '../../../../src/machines/findMachines.ts';
import { usualLifetimes } from '../../../../src/machines/lifetimes.ts';
import { createLists } from '../../../../src/machines/lists/lists.ts';
import type { Listed } from '../../../../src/machines/lists/walk.ts';
import { createMachines } from '../../../../src/machines/machines.ts';
import { memoryAnswers } from '../../../../src/machines/memoryAnswers.ts';
import { memoryPageKey } from '../../../../src/machines/memoryPageKey.ts';
import { usualFreshness, type Wish } from '../../../../src/machines/wish.ts';
import { evaluateFilter } from '../../../../src/odata/evaluate.ts';
import { printFilter } from '../../../../src/odata/print.ts';
import { question } from '../../../support/defender.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { quietLog } from '../../../support/quietLog.ts';
import { json } from '../../support/tenant.ts';

export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

export const context = 'https://api.security.microsoft.com/api/$metadata#Machines';
export const here = 'https://gateway.example/api/machines';
export const wish: Wish = { waitMs: 60_000, priority: 'interactive', freshness: usualFreshness };
export const boundTo = (...groups: readonly number[]): Wish => ({ ...wish, groups: new Set(groups) });

export interface TenantOptions {
  /** Most rows in an answer. */
  readonly mostRows?: number;
  /** It answers a filter on groups as if it were not there. */
  readonly ignoresGroups?: boolean;
  readonly instead?: (question: Question) => Answer | undefined;
}

export const groupedTenant = (
  rows: readonly Row[],
  { mostRows = 10_000, ignoresGroups, instead }: TenantOptions = {},
) => {
  const clock = fakeClock(1);
  const asked: string[] = [];
  const answerTo = (each: Question): Answer =>
    instead?.(each) ?? answerOf(each, rows, mostRows, ignoresGroups === true);
  const machines = createMachines({
    defender: {
      addressBytes: ({ path, query }) => path.length + query.length,
      async ask(_, made, { onSent }) {
        onSent?.();
        const sent = made();
        asked.push(decodeURIComponent(sent.path + sent.query));
        await clock.sleep(20);
        return answerTo(sent);
      },
    },
    shared: memoryAnswers(clock),
    lifetimes: usualLifetimes,
    memoryBytes: 1024 * 1024,
    clock,
    log: quietLog,
  });
  const lists = createLists({ ask: machines.ask, pageKey: memoryPageKey(), clock, pageSize: mostRows, overlap: 2 });
  const soon = async <T>(promise: Promise<T>): Promise<T> => {
    const seen: { value?: T } = {};
    void promise.then((value) => Object.assign(seen, { value }));
    for (let i = 0; i < 100 && !('value' in seen); i++) await clock.advance(50);
    return promise;
  };
  return {
    asked,
    clock,
    soon,
    machines,
    finder: createFinder(machines),
    ask: (each: Question, who: Wish): Promise<Listed> => soon(lists.ask(each, who, here)),
    /** A page of the fleet, by the query that a caller writes, decoded. */
    list: (query: string, who: Wish): Promise<Listed> => soon(lists.ask(listed(query), who, here)),
  };
};

export const listed = (query: string): Question => question('listMachines', { query: new URLSearchParams(query) });

const answerOf = (
  { call, value, options }: Question,
  rows: readonly Row[],
  most: number,
  ignoresGroups: boolean,
): Answer => {
  if (call.name === 'machine' || call.name === 'alertMachine') {
    const row = rows.find(({ id, alert }) => (call.name === 'machine' ? id : alert) === value);
    return row ? json(200, { '@odata.context': `${context}/$entity`, ...row }) : unknownTo(value);
  }
  if (call.name !== 'listMachines')
    return json(200, { '@odata.context': context, '@odata.count': rows.length, value: rows });
  const { filter, top = most, skip = 0 } = options;
  const parts = filter?.kind === 'and' && ignoresGroups ? filter.operands : filter ? [filter] : [];
  const heeded = parts.filter((each) => !ignoresGroups || !printFilter(each).includes('rbacGroupId'));
  const matching = rows.filter((row) => heeded.every((each) => evaluateFilter(each, row)));
  const given = matching.slice(skip, skip + Math.min(top, most));
  const isCut = options.top === undefined && matching.length > skip + most;
  const link = isCut ? { '@odata.nextLink': 'https://api.security.microsoft.com/api/machines?$skip=1' } : {};
  return json(200, { '@odata.context': context, value: given, ...link });
};

const unknownTo = (value = ''): Answer =>
  json(404, { error: { code: 'ResourceNotFound', message: `Machine ${value} was not found`, target: 'a9b0' } });
