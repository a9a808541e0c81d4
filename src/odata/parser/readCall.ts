import { describeType, scalar } from '../edm.ts';
import type { Expression } from '../expression.ts';
import { complainOfCall, complainOfParameter } from './callFaults.ts';
import { Complaint } from './complaint.ts';
import { functions, type Signature } from './functions.ts';
import { readCast } from './readCast.ts';
import { isMark, peek, type Reader, type Term, take, tookMark } from './reader.ts';
import type { Token } from './tokens.ts';
import { isOneOf } from './typeCheck.ts';
import { wantValue } from './valueFaults.ts';

/** Reads a function with its parameters, and checks their number and types. */
export const readCall = (reader: Reader): Term => {
  const name = take(reader);
  if (name.text === 'cast' || name.text === 'isof') return readCast(reader, name);
  const signature = functions.get(name.text) ?? complainOfCall(reader, name);
  const parameters = readParameters(reader, name, signature);
  checkNumber(name, signature, parameters.length);
  parameters.forEach((parameter, i) => {
    const wanted = signature.takes[i] ?? [];
    if (!isOneOf(parameter.type, wanted)) complainOfParameter(reader, name, parameter, wanted[0] ?? 'unknown');
  });
  const expression: Expression = { kind: 'call', name: name.text, parameters: parameters.map((p) => p.expression) };
  return { expression, type: scalar(signature.gives), from: name.from, to: peek(reader, -1).to };
};

const readParameters = (reader: Reader, name: Token, { takes }: Signature): readonly Term[] => {
  const open = take(reader);
  if (tookMark(reader, ')')) return [];
  const parameters = [reader.expression(reader)];
  while (tookMark(reader, ',')) {
    wantValue(reader, scalar(takes[parameters.length]?.[0] ?? 'unknown'));
    parameters.push(reader.expression(reader));
  }
  const close = take(reader);
  if (isMark(close, ')')) return parameters;
  throw new Complaint(open.from, `the ')' that ends ${name.text} is missing`, {
    from: close.from,
    to: close.from,
    put: ')',
  });
};

const checkNumber = (name: Token, { takes, optional = 0 }: Signature, found: number): void => {
  if (found <= takes.length && found >= takes.length - optional) return;
  const wanted = optional === 0 ? `${takes.length}` : `${takes.length - optional} to ${takes.length}`;
  const kinds = takes.map((kind) => describeType(scalar(kind[0] ?? 'unknown'))).join(', ');
  throw new Complaint(name.from, `${name.text} takes ${wanted} values, not ${found}: ${name.text}(${kinds})`);
};
