/**
 * Questions that ask for the machine, or the machines, with one value of one property: those that can travel together. Only values that
 * leave no doubt what equals them are taken: plain letters, nothing that a database may fold or cut.
 */
import { mostTop, type Question } from '../defender/question.ts';
import type { Expression, Literal } from '../odata/expression.ts';
import { quoted } from '../odata/literal.ts';

export type Lookup = EqualityLookup | HostNameLookup;

interface Travelling {
  /** Those with the same one can travel together: the property, how its values are written, and the version of the path. */
  readonly lane: string;
}

/** Machines whose name has this first label, whatever the domain: the resolver's question. */
export interface HostNameLookup extends Travelling {
  readonly kind: 'hostName';
  /** In lower case. */
  readonly label: string;
}

export interface EqualityLookup extends Travelling {
  readonly kind: 'equality';
  readonly property: string;
  /** As the filter has it. */
  readonly literal: Literal;
  /** What a row must hold to be meant without doubt. */
  readonly value: string;
  /** One machine by its id, or a list. */
  readonly answer: 'machine' | 'list';
  readonly isVersioned: boolean;
}

/** The lookup that a question is; undefined for any other question. */
export const lookupOf = (question: Question): EqualityLookup | undefined => {
  const { call, path, options, value = '' } = question;
  const isVersioned = path.startsWith('/api/v1.0/');
  if (call.name === 'machine') {
    if (!hasOnly(options, []) || !values.id?.test(value)) return undefined;
    return lookup('id', textOf(value), 'machine', isVersioned);
  }
  if (call.name !== 'listMachines' || !hasOnly(options, ['filter', ...wholeAnswer(options)]) || !options.filter)
    return undefined;
  const equality = equalityOf(options.filter);
  if (!equality || !values[equality.property]?.test(equality.literal.value)) return undefined;
  return lookup(equality.property, equality.literal, 'list', isVersioned);
};

export const hostNameLookup = (label: string): HostNameLookup => ({
  kind: 'hostName',
  lane: 'hostName',
  label: label.toLowerCase(),
});

/** The most that Defender gives, from the first on, is what it gives to who says nothing. */
const wholeAnswer = ({ top = mostTop, skip = 0 }: Question['options']): readonly string[] =>
  top === mostTop && skip === 0 ? ['top', 'skip'] : [];

/** What is unmistakable: a machine's id, a host name, an Entra device id, an address. */
const values: Readonly<Record<string, RegExp>> = {
  id: /^[0-9a-f]{40}$/,
  computerDnsName: /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/,
  aadDeviceId: /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
  lastIpAddress: /^[0-9a-fA-F.:]{2,45}$/,
};

type Text = Literal & { readonly type: 'string' | 'guid' };

const lookup = (
  property: string,
  literal: Text,
  answer: EqualityLookup['answer'],
  isVersioned: boolean,
): EqualityLookup => ({
  kind: 'equality',
  lane: `${property} ${literal.type}${isVersioned ? ' v1.0' : ''}`,
  property,
  literal,
  value: literal.value,
  answer,
  isVersioned,
});

const textOf = (value: string): Text => ({ kind: 'literal', type: 'string', text: quoted(value), value });

const hasOnly = (options: Question['options'], wanted: readonly string[]): boolean =>
  Object.entries(options).every(
    ([name, value]) =>
      wanted.includes(name) || value === undefined || (name === 'others' && Object.keys(value).length === 0),
  );

const equalityOf = (filter: Expression): { readonly property: string; readonly literal: Text } | undefined => {
  if (filter.kind !== 'comparison' || filter.operator !== 'eq') return undefined;
  const [path, literal] = filter.left.kind === 'path' ? [filter.left, filter.right] : [filter.right, filter.left];
  if (path.kind !== 'path' || literal.kind !== 'literal') return undefined;
  const [property = '', ...deeper] = path.steps;
  if (deeper.length > 0 || (literal.type !== 'string' && literal.type !== 'guid')) return undefined;
  return { property, literal: literal as Text };
};
