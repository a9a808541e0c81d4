/** A query of an alert rule, run on one row of a table. */
import { assignmentsOf, expressionOf } from './expression.ts';
import type { Cell, Row } from './operators.ts';

export interface Logged {
  readonly table: 'AppTraces' | 'AppExceptions' | 'AppRequests';
  readonly row: Row;
}

/** @returns the rows that are left of this one, and what was read out of each. @throws Error where the query says more than is understood here */
export const found = (query: string, logged: Logged): readonly Row[] => {
  const [source = '', ...stages] = query.trim().split(/\n\s*\|\s*/);
  return stages.reduce<readonly Row[]>((rows, stage) => rows.flatMap((row) => next(stage, row)), from(source, logged));
};

/** A table, or several: `union isfuzzy=true T, (T | project …)`. */
const from = (source: string, { table, row }: Logged): readonly Row[] => {
  const names = /^union isfuzzy=true (.*)$/s.exec(source)?.[1] ?? source;
  return names.split(/,\s*(?![^(]*\))/).flatMap((part) => {
    const [name = '', ...stages] = part.replace(/^\((.*)\)$/s, '$1').split(/\s*\|\s*/);
    if (!/^App(?:Traces|Exceptions|Requests)$/.test(name)) throw new Error(`not understood: ${part}`);
    const rows: readonly Row[] = name === table ? [row] : [];
    return stages.reduce<readonly Row[]>((left, stage) => left.flatMap((each) => next(stage, each)), rows);
  });
};

const next = (stage: string, row: Row): readonly Row[] => {
  const [, verb = '', text = ''] = /^(\w+)\s+(.*)$/s.exec(stage) ?? [];
  if (verb === 'where') return expressionOf(text)(row) === true ? [row] : [];
  if (verb !== 'extend' && verb !== 'project') throw new Error(`not understood: ${stage}`);
  const read: Record<string, Cell> = verb === 'extend' ? { ...row } : {};
  for (const [name, value] of assignmentsOf(text)) read[name] = value(row);
  return [read];
};
