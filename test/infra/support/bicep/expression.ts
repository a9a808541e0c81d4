/** What stands on the right of a colon or an equals sign in Bicep, as a tree that rules can read. */
import type { Node } from 'web-tree-sitter';

export type Expression = Place &
  (
    | { readonly kind: 'text'; readonly parts: readonly (string | Expression)[] }
    | { readonly kind: 'literal'; readonly value: number | boolean | null }
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    | { readonly kind: 'object'; readonly members: readonly Member[] }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'member'; readonly of: Expression; readonly property: string }
    | { readonly kind: 'call'; readonly name: string; readonly of?: Expression; readonly given: readonly Expression[] }
    | { readonly kind: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
    | {
        readonly kind: 'each';
        readonly variable: string;
        readonly index?: string | undefined;
        readonly over: Expression;
        readonly body: Expression;
      }
    /** An operator before one part or between two, or `[]` behind a list and its index. */
    | { readonly kind: 'operation'; readonly operator: string; readonly parts: readonly Expression[] }
    | { readonly kind: 'lambda'; readonly variable: string; readonly body: Expression }
    /** Nothing that a rule has to understand, but what is in it counts. */
    | { readonly kind: 'other'; readonly parts: readonly Expression[] }
  );

export interface Member {
  readonly key: Expression;
  readonly value: Expression;
}

interface Place {
  /** As it is written. */
  readonly source: string;
  readonly line: number;
}

/** @param node  an expression of the parser's */
export const expressionOf = (node: Node): Expression => {
  const place = { source: node.text, line: node.startPosition.row + 1 };
  const children = childrenOf(node);
  const at = (field: string) => expressionOf(fieldOf(node, field));
  switch (node.type) {
    case 'string':
      return { ...place, kind: 'text', parts: textParts(node, children) };
    case 'number':
      return { ...place, kind: 'literal', value: Number(node.text) };
    case 'boolean':
      return { ...place, kind: 'literal', value: node.text === 'true' };
    case 'null':
      return { ...place, kind: 'literal', value: null };
    case 'identifier':
    case 'compatible_identifier':
      return { ...place, kind: 'name', name: node.text };
    case 'array':
      return { ...place, kind: 'list', items: children.filter(isValue).map(expressionOf) };
    case 'object':
      return { ...place, kind: 'object', members: children.filter(isPlainMember).map(memberOf) };
    case 'parenthesized_expression':
    case 'nullable_type':
    case 'if_statement':
      return expressionOf(children.at(-1) ?? node);
    case 'member_expression':
      return memberAccess(fieldOf(node, 'object'), fieldOf(node, 'property').text, place);
    case 'resource_expression':
      return { ...place, kind: 'member', of: at('object'), property: fieldOf(node, 'resource').text };
    case 'call_expression':
      return callOf(node, place);
    case 'ternary_expression':
      return { ...place, kind: 'choice', condition: at('condition'), yes: at('consequence'), no: at('alternative') };
    case 'for_statement':
      return eachOf(node, place);
    case 'binary_expression':
    case 'unary_expression':
    case 'subscript_expression':
      return { ...place, kind: 'operation', operator: operatorOf(node), parts: children.map(expressionOf) };
    case 'lambda_expression':
      return {
        ...place,
        kind: 'lambda',
        variable: children[0]?.text ?? '',
        body: expressionOf(children.at(-1) ?? node),
      };
    default:
      return { ...place, kind: 'other', parts: children.filter(isValue).map(expressionOf) };
  }
};

/** A text without a variable part; undefined for all else. */
export const plainText = (expression: Expression | undefined): string | undefined =>
  expression?.kind === 'text' && expression.parts.every((part) => typeof part === 'string')
    ? expression.parts.join('')
    : undefined;

/** The value of an object's member; undefined where there is none, or it is no object. */
export const memberNamed = (expression: Expression | undefined, ...path: readonly string[]): Expression | undefined => {
  const [name, ...rest] = path;
  if (name === undefined || expression?.kind !== 'object') return name === undefined ? expression : undefined;
  return memberNamed(expression.members.find(({ key }) => keyText(key) === name)?.value, ...rest);
};

/** How a member is called; undefined where that depends on something. */
export const keyText = (key: Expression): string | undefined => (key.kind === 'name' ? key.name : plainText(key));

/** The nodes inside that bear a meaning. */
export const childrenOf = (node: Node): Node[] =>
  node.namedChildren.filter((child): child is Node => child !== null && !child.type.endsWith('comment'));

const fieldOf = (node: Node, name: string): Node => {
  const child = node.childForFieldName(name);
  if (!child) throw new Error(`line ${node.startPosition.row + 1}: no ${name} in ${node.type} ${node.text}`);
  return child;
};

const isValue = ({ type }: Node) => type !== 'decorators';

const isPlainMember = (node: Node) => node.type === 'object_property' && childrenOf(node).length === 2;

const memberOf = (node: Node): Member => {
  const [key, value] = childrenOf(node).map(expressionOf);
  if (!key || !value) throw new Error(`no member: ${node.text}`);
  return { key, value };
};

const operatorOf = (node: Node): string =>
  node.type === 'subscript_expression' ? '[]' : (node.children.find((child) => child && !child.isNamed)?.text ?? '');

/** The parser takes blanks that stand alone for a part of what follows: of `${`, or of the quote at the end. */
const textParts = (node: Node, children: readonly Node[]): readonly (string | Expression)[] => {
  const blanksBefore = ({ text }: { readonly text: string }) => /^\s*(?=\$\{|'+$)/.exec(text)?.[0] || [];
  const [last] = node.children.slice(-1);
  return [
    ...children.flatMap((child) =>
      child.type === 'interpolation' ? [blanksBefore(child), textPart(child)] : [textPart(child)],
    ),
    last ? blanksBefore(last) : [],
  ].flat();
};

const textPart = (node: Node): string | Expression => {
  if (node.type === 'string_content') return node.text;
  if (node.type === 'escape_sequence') return JSON.parse(`"${node.text.replace("\\'", "'").replace('\\$', '$')}"`);
  return expressionOf(childrenOf(node)[0] ?? node);
};

/** The parser takes `a ? b : c.d` for `(a ? b : c).d`, and `a ?? b.c` for `(a ?? b).c`. */
const memberAccess = (object: Node, property: string, place: Place): Expression => {
  const of = expressionOf(object);
  if (object.type !== 'ternary_expression' || of.kind !== 'choice') return { ...place, kind: 'member', of, property };
  return { ...of, ...place, no: { ...place, kind: 'member', of: of.no, property } };
};

const callOf = (node: Node, place: Place): Expression => {
  const called = expressionOf(fieldOf(node, 'function'));
  const given = childrenOf(fieldOf(node, 'arguments')).map(expressionOf);
  return called.kind === 'member'
    ? { ...place, kind: 'call', name: called.property, of: called.of, given }
    : { ...place, kind: 'call', name: called.source, given };
};

const eachOf = (node: Node, place: Place): Expression => {
  const [variable, over, body] = childrenOf(node);
  if (!variable || !over || !body) throw new Error(`no loop: ${node.text}`);
  const named = variable.type === 'identifier' ? variable : childrenOf(variable)[0];
  const index = variable.type === 'identifier' ? undefined : childrenOf(variable)[1]?.text;
  return {
    ...place,
    kind: 'each',
    variable: named?.text ?? '',
    index,
    over: expressionOf(over),
    body: expressionOf(body),
  };
};
