import { isEntity } from '../../odata/evaluation/value.ts';
import { applySelect } from '../../odata/select.ts';
import type { Told } from '../told.ts';
import type { Select } from './listPlan.ts';
import { unreadable } from './page.ts';

/** The answer of one machine with fewer properties; its context says which are left. */
export const selectedMachine = (told: Told, select: Select): Told => {
  const { answer } = told;
  if (answer.kind !== 'answered' || select === undefined) return told;
  const machine: unknown = JSON.parse(new TextDecoder().decode(answer.body));
  if (!isEntity(machine)) return unreadable(told);
  const left = { ...machine, ...contextOf(machine['@odata.context'], select) };
  const body = new TextEncoder().encode(JSON.stringify(applySelect(select, left)));
  return { ...told, answer: { ...answer, body } };
};

const contextOf = (context: unknown, select: readonly string[]): Record<string, string> =>
  typeof context === 'string' && context.endsWith('#Machines/$entity')
    ? { '@odata.context': context.replace(/\/\$entity$/, `(${select.join(',')})/$entity`) }
    : {};
