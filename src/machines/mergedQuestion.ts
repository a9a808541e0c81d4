/** Many lookups as one question, in a form that Defender takes. */
import { type Call, pathOf } from '../defender/call.ts';
import { callNamed } from '../defender/calls.ts';
import { type Question, withOptions } from '../defender/question.ts';
import { type Expression, joined, type Literal } from '../odata/expression.ts';
import { quoted, stringLiteral } from '../odata/literal.ts';
import type { HostNameLookup, Lookup } from './lookup.ts';

/** How many lookups are asked at once. */
export interface Form {
  readonly operator: 'in' | 'or';
  readonly mostKeys: number;
}

/**
 * From the best on. Thirty values of `in` are what a client in use sends (Microsoft Sentinel Triage AssistanT); `in` is promised by no
 * document, `or` is used by others. Twenty comparisons are 79 nodes, of the 100 that Microsoft's libraries take unless told otherwise.
 */
const equalityForms: readonly Form[] = [
  { operator: 'in', mostKeys: 30 },
  { operator: 'or', mostKeys: 20 },
  { operator: 'in', mostKeys: 10 },
  { operator: 'or', mostKeys: 5 },
];

/** A host name is seven nodes. */
const hostNameForms: readonly Form[] = [
  { operator: 'or', mostKeys: 14 },
  { operator: 'or', mostKeys: 5 },
];

export const formsOf = ({ kind }: Lookup): readonly Form[] => (kind === 'equality' ? equalityForms : hostNameForms);

/** @param lookups of one lane, at least one */
export const mergedQuestion = (lookups: readonly Lookup[], { operator }: Form): Question => {
  if (lookups.length === 0) throw new Error('a merged question that looks up nothing would be one for the whole fleet');
  const path = pathOf(
    mergedCall,
    lookups.some((lookup) => lookup.kind === 'equality' && lookup.isVersioned),
  );
  return withOptions({ call: mergedCall, path, query: '', options: {} }, { filter: filterOf(lookups, operator) });
};

/** One host name alone. */
export const hostNameQuestion = (lookup: HostNameLookup): Question =>
  mergedQuestion([lookup], { operator: 'or', mostKeys: 1 });

const filterOf = (lookups: readonly Lookup[], operator: Form['operator']): Expression => {
  const equalities = lookups.filter((lookup) => lookup.kind === 'equality');
  const [first] = equalities;
  if (!first)
    return joined(
      'or',
      lookups.flatMap((lookup) => (lookup.kind === 'hostName' ? named(lookup.label) : [])),
    );
  const literals = [...new Map(equalities.map(({ literal }) => [literal.text, literal])).values()];
  return operator === 'in' ? among(first.property, literals) : anyOf(first.property, literals);
};

/** The bare name, and the full ones that begin with it ("OData queries with Defender for Endpoint", example 8, has `startswith`). */
const named = (label: string): readonly Expression[] => [
  equal('computerDnsName', stringLiteral(quoted(label))),
  {
    kind: 'call',
    name: 'startswith',
    parameters: [{ kind: 'path', steps: ['computerDnsName'] }, stringLiteral(quoted(`${label}.`))],
  },
];

/** What merged questions ask. */
export const mergedCall: Call = callNamed('listMachines');

const among = (property: string, members: readonly Literal[]): Expression => ({
  kind: 'in',
  operand: { kind: 'path', steps: [property] },
  members,
});

const anyOf = (property: string, literals: readonly Literal[]): Expression =>
  joined(
    'or',
    literals.map((literal) => equal(property, literal)),
  );

const equal = (property: string, right: Literal): Expression => ({
  kind: 'comparison',
  operator: 'eq',
  left: { kind: 'path', steps: [property] },
  right,
});
