/** A Defender that works out every part of a filter for every machine, whatever group it is of, and fails, by name, where one can't be. */
import type { Answer } from '../../../../src/defender/answer.ts';
import { machineType } from '../../../../src/defender/machineType.ts';
import type { Question } from '../../../../src/defender/question.ts';
import { evaluateFilter, valueAt } from '../../../../src/odata/evaluate.ts';
import type { Expression } from '../../../../src/odata/expression.ts';
import { parseFilter } from '../../../../src/odata/filter.ts';
import { partsOf } from '../../../../src/odata/parts.ts';
import { json } from '../../support/tenant.ts';
import type { Row } from './groupedTenant.ts';

/** @param isBroken machines that it can't tell of by themselves */
export const eagerly =
  (rows: readonly Row[], isBroken: (row: Row) => boolean = () => false) =>
  ({ call, value, options }: Question): Answer | undefined => {
    const asked = rows.find(({ id, alert }) => value !== undefined && [id, alert].includes(value));
    if (asked && isBroken(asked)) return complaint(400, asked);
    const filter = options.filter ?? filterIn(options.others?.$filter);
    const failing = filter && rows.find((row) => failsOn(filter, row));
    if (failing) return complaint(500, failing);
    const [key = ''] = options.others?.$orderby?.split(' ') ?? [];
    const unordered = key !== '' && rows.find((row) => valueAt([key], row) === null);
    if (unordered) return complaint(500, unordered);
    if (!filter || call.name === 'listMachines') return undefined;
    return json(200, { value: rows.filter((row) => evaluateFilter(filter, row)) });
  };

const complaint = (status: number, { id }: Row): Answer =>
  json(status, { error: { code: 'x', message: `The machine ${id} is no good` } });

const filterIn = (text: string | undefined): Expression | undefined => {
  const read = text === undefined ? undefined : parseFilter(text, machineType);
  return read?.kind === 'filter' ? read.expression : undefined;
};

const failsOn = (expression: Expression, row: Row): boolean => {
  const is = (part: Expression, text: 'null' | '0') => evaluateFilter(equalTo(part, text), row);
  switch (expression.kind) {
    case 'arithmetic':
      if (['div', 'mod'].includes(expression.operator) && (is(expression.right, '0') || is(expression.right, 'null')))
        return true;
      break;
    case 'call':
      if (/^(length|tolower|concat|substring|year)$/.test(expression.name))
        if (expression.parameters.some((part) => is(part, 'null'))) return true;
      break;
    case 'path':
      return expression.steps.length > 1 && valueAt(expression.steps.slice(0, 1), row) === null;
    case 'count':
      return valueAt(expression.of.steps, row) === null;
    case 'lambda':
      return false;
  }
  return partsOf(expression).some((part) => failsOn(part, row));
};

const equalTo = (left: Expression, text: 'null' | '0'): Expression => ({
  kind: 'comparison',
  operator: 'eq',
  left,
  right:
    text === 'null'
      ? { kind: 'literal', type: 'null', text, value: null }
      : { kind: 'literal', type: 'number', text, value: 0n },
});
