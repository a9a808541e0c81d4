/**
 * A filter as a tree. Parentheses are not kept, grouping is: `a or b or c` is one node of three, which is what
 * OData's grouping to the left means, and `a or (b or c)` is a node in a node. Literals keep their text.
 */
export type Literal =
  | { readonly kind: 'literal'; readonly type: 'null'; readonly text: string; readonly value: null }
  | { readonly kind: 'literal'; readonly type: 'boolean'; readonly text: string; readonly value: boolean }
  /** `value` is a bigint for whole numbers (64 bits long in OData), a number for all others. */
  | { readonly kind: 'literal'; readonly type: 'number'; readonly text: string; readonly value: number | bigint }
  | {
      readonly kind: 'literal';
      readonly type: 'string' | 'guid' | 'binary';
      readonly text: string;
      readonly value: string;
    }
  /** `value` counts 100 nanoseconds: from the year 1, from midnight, or as a length. */
  | {
      readonly kind: 'literal';
      readonly type: 'dateTimeOffset' | 'date' | 'timeOfDay' | 'duration';
      readonly text: string;
      readonly value: bigint;
    };

export type ComparisonOperator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le' | 'has';
export type ArithmeticOperator = 'add' | 'sub' | 'mul' | 'div' | 'mod';

/** A property, or a lambda's variable, and what is reached from it: `vmMetadata/vmId`, `t`, `i/ipAddress`. */
export interface Path {
  readonly kind: 'path';
  readonly steps: readonly string[];
}

export type Expression =
  | Literal
  | Path
  | { readonly kind: 'or' | 'and'; readonly operands: readonly Expression[] }
  | { readonly kind: 'not' | 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'in'; readonly operand: Expression; readonly members: readonly Literal[] | Path }
  | { readonly kind: 'call'; readonly name: string; readonly parameters: readonly Expression[] }
  | { readonly kind: 'typeName'; readonly text: string }
  | { readonly kind: 'count'; readonly of: Path }
  | {
      readonly kind: 'lambda';
      readonly quantifier: 'any' | 'all';
      readonly of: Path;
      /** Absent in `any()`, which asks whether there is an element at all. */
      readonly each?: { readonly variable: string; readonly body: Expression };
    };

/** Joins conditions as OData groups them: to the left, so that an `or` in the first place is no node of its own. */
export const joined = (kind: 'or' | 'and', operands: readonly Expression[]): Expression => {
  const [first, ...rest] = operands;
  if (first === undefined || rest.length === 0) return first ?? alwaysTrue;
  return { kind, operands: first.kind === kind ? [...first.operands, ...rest] : operands };
};

const alwaysTrue: Literal = { kind: 'literal', type: 'boolean', text: 'true', value: true };
