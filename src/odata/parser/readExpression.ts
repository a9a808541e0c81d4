import { scalar } from '../edm.ts';
import { joined } from '../expression.ts';
import { wantCondition } from './conditions.ts';
import { readComparison } from './readComparison.ts';
import { isWord, peek, type Reader, type Term, take } from './reader.ts';

/**
 * Reads conditions joined by `or`, each of them conditions joined by `and`: `and` binds tighter, both group to
 * the left. The order from here down: comparison, sums, products, `not` and minus, operands.
 */
export const readExpression = (reader: Reader): Term => readJoined(reader, 'or', readAnd);

const readAnd = (reader: Reader): Term => readJoined(reader, 'and', readComparison);

const readJoined = (reader: Reader, operator: 'and' | 'or', readPart: (reader: Reader) => Term): Term => {
  const parts = [readPart(reader)];
  while (isWord(peek(reader), operator)) {
    take(reader);
    parts.push(readPart(reader));
  }
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  parts.forEach((part, i) => {
    wantCondition(reader, part, `each side of '${operator}'`, parts[i - 1]);
  });
  return {
    expression: joined(
      operator,
      parts.map((part) => part.expression),
    ),
    type: scalar('boolean'),
    from: first?.from ?? 0,
    to: parts.at(-1)?.to ?? 0,
  };
};
