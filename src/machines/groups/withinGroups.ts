/**
 * The guard between what is known of machines and who asks: a caller that is bound to device groups is told of their machines alone. It stands
 * before everything that makes answers of rows, so none of that can forget it. What is kept and shared is whole, and narrowed for each who asks.
 */
import type { Clock } from '../../clock.ts';
import { mostTop, type Question } from '../../defender/question.ts';
import type { QueryOptions } from '../../odata/queryOptions.ts';
import { lookupOf } from '../lookup.ts';
import type { Machines } from '../machines.ts';
import type { Before, Told } from '../told.ts';
import type { Wish } from '../wish.ts';
import { askedInGroups } from './groupFilter.ts';
import { narrowed, nothingAtAll } from './narrowed.ts';
import { forbidden, untold } from './nothing.ts';
import { shapeOf } from './shape.ts';
import { splitFilter } from './splitFilter.ts';

type Ask = Machines['ask'];

export const withinGroups = (ask: Ask, clock: Pick<Clock, 'monotonic'>): Ask => {
  const inGroups = async (question: Question, wish: Wish, groups: ReadonlySet<number>): Promise<Told> => {
    const own = askedInGroups(question, groups);
    return narrowed(await ask(own, wish), { question: own, shape: 'list', groups, isOwn: true });
  };

  return async (question, wish, travelling) => {
    const { groups } = wish;
    if (groups === undefined) return ask(question, wish, travelling);
    const shape = shapeOf(question.call);
    if (shape === undefined) return refused(question.call.name);
    const reshaping = reshapingOf(question);
    if (reshaping !== undefined) return refused(`what ${reshaping} asks for`);
    const bounds = { question, shape, groups, isOwn: false };
    if (groups.size === 0) return nothingAtAll(bounds);
    const isLookup = travelling !== undefined || lookupOf(question) !== undefined;
    if (takesFilter(question) && !isLookup) return inGroups(question, wish, groups);
    const began = clock.monotonic();
    const { before, ...told } = narrowed(await ask(question, wish, travelling), bounds);
    if (!takesFilter(question) || !mayBeCut(before)) return told;
    return inGroups(question, { ...wish, waitMs: Math.max(0, wish.waitMs - (clock.monotonic() - began)) }, groups);
  };
};

const refused = (what: string): Told => ({ answer: forbidden(what), source: untold });

/** Of the other calls no options are documented. */
const takesFilter = ({ call }: Question): boolean => call.machineOptions === true;

/** Of the machines with one name there are few; if not, those of the groups may be among those that were left out. */
const mayBeCut = (before: Before | undefined): boolean =>
  before !== undefined && (before.rows >= mostTop || before.hasLink);

/** An option by which rows would not come whole, or a part of them by a count that others are in, or an error for what others hold. */
const reshapingOf = ({ call, options }: Question): string | undefined => {
  const { others = {}, ...own } = options;
  const named: readonly (keyof QueryOptions)[] = call.machineOptions ? ['filter', 'top', 'skip'] : [];
  const strange = Object.entries(own).find(
    ([name, value]) => value !== undefined && !named.some((one) => one === name),
  );
  const failing = splitFilter(options.filter).here && '$filter';
  return strange?.[0] ?? failing ?? Object.keys(others)[0];
};
