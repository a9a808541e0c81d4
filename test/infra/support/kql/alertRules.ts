/** Our alert rules on logs: what they see of what is logged. */
import { type Infra, readInfra } from '../bicep/infra.ts';
import { type Given, made } from '../bicep/made.ts';
import type { Row } from './operators.ts';
import { found, type Logged } from './query.ts';

export interface AlertRule {
  readonly name: string;
  readonly query: string;
  /** The column that is compared with the threshold; empty where rows are counted. */
  readonly measure: string;
  readonly operator: string;
  readonly threshold: number;
}

export const readAlertRules = async (): Promise<readonly AlertRule[]> => alertRulesOf(await readInfra('infra'));

export const alertRulesOf = (infra: Infra): readonly AlertRule[] =>
  made(infra, { environmentName: 'soc', location: 'westeurope' })
    .filter(({ type }) => type === 'Microsoft.Insights/scheduledQueryRules')
    .map(({ body }) => {
      const { name, properties } = body as { name: string; properties: { criteria: { allOf: readonly Given[] } } };
      const [{ query, metricMeasureColumn, operator, threshold } = {}] = properties.criteria.allOf;
      return {
        name: /^gateway-(.+)-</.exec(name)?.[1] ?? name,
        query: String(query),
        measure: String(metricMeasureColumn ?? ''),
        operator: String(operator),
        threshold: Number(threshold),
      };
    });

/** What is left of a row, by the name of each rule that sees it; of one that measures, only what is over its threshold. */
export const seen = (rules: readonly AlertRule[], logged: Logged): Readonly<Record<string, Row>> =>
  Object.fromEntries(
    rules.flatMap((rule) => {
      const rows = found(rule.query, logged).filter((row) => isOver(rule, row));
      return rows[0] ? [[rule.name, rows[0]] as const] : [];
    }),
  );

const isOver = ({ measure, operator, threshold }: AlertRule, row: Row): boolean => {
  if (measure === '') return true;
  const value = Number(row[measure]);
  return operator === 'LessThanOrEqual' ? value <= threshold : value > threshold;
};
