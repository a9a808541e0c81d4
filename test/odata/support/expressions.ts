import * as fc from 'fast-check';
import type { Expression, Literal } from '../../../src/odata/expression.ts';
import { joined } from '../../../src/odata/expression.ts';
import { bareLiteral, quoted, stringLiteral, typedLiteral } from '../../../src/odata/literal.ts';

/** Random filters for machines, well typed, as trees. */
export const expressions = (): fc.Arbitrary<Expression> => conditions;

const bare = (text: string): Literal => {
  const literal = bareLiteral(text) ?? typedLiteral(text);
  if (literal === undefined) throw new Error(`${text} is no literal`);
  return literal;
};

const path = (...steps: string[]): Expression => ({ kind: 'path', steps });
const call = (name: string, ...parameters: Expression[]): Expression => ({ kind: 'call', name, parameters });

const strings = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => stringLiteral(quoted(value)));
const doubleQuoted = fc.string({ maxLength: 8 }).map((value) => stringLiteral(`"${value.replaceAll('"', '')}"`));
const numbers = fc.constantFrom('0', '007', '-5', '1.5', '1e3', '12L', '2.5d', 'INF', '-INF', 'NaN').map(bare);
const instants = fc
  .constantFrom(
    '2018-08-01T00:00:00Z',
    '2018-08-01Z',
    '2018-08-01',
    '2018-08-02T14:55:03.7791856Z',
    '2026-01-01T00:00+01:00',
  )
  .map(bare);
const durations = fc.constantFrom("duration'P7D'", "duration'-PT1H2M3.5S'").map(bare);
const guids = fc.uuid().map(bare);

const arithmetic = (operands: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
  fc
    .record({
      operator: fc.constantFrom('add' as const, 'sub' as const, 'mul' as const, 'div' as const, 'mod' as const),
      left: operands,
      right: operands,
    })
    .map((parts) => ({ kind: 'arithmetic', ...parts }));

const comparison = (left: fc.Arbitrary<Expression>, right = left): fc.Arbitrary<Expression> =>
  fc
    .record({
      operator: fc.constantFrom(
        'eq' as const,
        'ne' as const,
        'gt' as const,
        'ge' as const,
        'lt' as const,
        'le' as const,
      ),
      left,
      right,
    })
    .map((parts) => ({ kind: 'comparison', ...parts }));

const texts = fc.oneof(
  strings,
  fc.constantFrom('computerDnsName', 'healthStatus', 'id').map((name) => path(name)),
  fc.constant(path('vmMetadata', 'vmId')),
  strings.map((text) => call('concat', call('tolower', path('osPlatform')), text)),
);

const { number: numeric } = fc.letrec<{ number: Expression }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 4 },
    numbers,
    fc.constantFrom(path('osBuild'), path('rbacGroupId'), {
      kind: 'count',
      of: { kind: 'path', steps: ['machineTags'] },
    } as const),
    texts.map((text) => call('length', text)),
    arithmetic(tie('number')),
    tie('number').map((operand): Expression => ({ kind: 'negate', operand })),
  ),
}));

const moments = fc.oneof(
  instants,
  fc.constantFrom(path('lastSeen'), path('firstSeen'), call('now')),
  durations.map((right): Expression => ({ kind: 'arithmetic', operator: 'sub', left: path('lastSeen'), right })),
);

const memberships: fc.Arbitrary<Expression> = fc.oneof(
  fc
    .array(fc.oneof(strings, doubleQuoted, fc.constant(bare('null'))), { minLength: 1, maxLength: 4 })
    .map((members): Expression => ({ kind: 'in', operand: path('id'), members })),
  texts.map((operand): Expression => ({ kind: 'in', operand, members: { kind: 'path', steps: ['machineTags'] } })),
);

const simple = fc.oneof(
  comparison(texts),
  comparison(numeric),
  comparison(moments),
  comparison(fc.constant(path('aadDeviceId')), fc.oneof(guids, strings)),
  comparison(texts, fc.constant(bare('null'))),
  memberships,
  fc.constantFrom(
    path('isAadJoined'),
    bare('true'),
    call('isof', path('id'), { kind: 'typeName', text: 'Edm.String' }),
  ),
  fc.tuple(fc.constantFrom('contains', 'startswith', 'endswith'), texts, texts).map(([name, a, b]) => call(name, a, b)),
);

const list: Extract<Expression, { kind: 'path' }> = { kind: 'path', steps: ['machineTags'] };

const lambdas = fc
  .tuple(
    fc.constantFrom('any' as const, 'all' as const),
    fc.constantFrom('or' as const, 'and' as const),
    simple,
    strings,
  )
  .map(([quantifier, kind, other, right]): Expression => {
    const own: Expression = { kind: 'comparison', operator: 'eq', left: path('t'), right };
    return { kind: 'lambda', quantifier, of: list, each: { variable: 't', body: joined(kind, [own, other]) } };
  });

const { condition: conditions } = fc.letrec<{ condition: Expression }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    simple,
    fc
      .tuple(fc.constantFrom('or' as const, 'and' as const), fc.array(tie('condition'), { minLength: 2, maxLength: 4 }))
      .map(([kind, operands]) => joined(kind, operands)),
    tie('condition').map((operand): Expression => ({ kind: 'not', operand })),
    lambdas,
    comparison(tie('condition')),
  ),
}));
