/**
 * What is told of a fault in logs and reasons: what it says and what its causes say, with the status and code of each. Nothing else of it:
 * faults of SDKs carry whole requests, with what they were signed with.
 */
import { redacted } from './redaction.ts';

/** Characters. */
const mostTold = 500;
/** Of what a fault says: the rest is not looked at. */
const mostRead = 8192;
/** At the end of what is looked at, a secret may be cut off that is known by its shape alone. */
const mostOfSecret = 100;
/** A cause may be its own. */
const mostCauses = 5;
/** Of several that failed together. */
const mostTogether = 3;

/** One line, at most 500 characters. */
export const told = (fault: unknown): string => {
  const whole = saidBy(fault, mostCauses);
  const said = redacted(whole.slice(0, mostRead).replace(/\s+/g, ' '));
  if (whole.length > mostRead) return `${said.slice(0, -mostOfSecret).slice(0, mostTold - 1)}…`;
  return said.length <= mostTold ? said : `${said.slice(0, mostTold - 1)}…`;
};

const saidBy = (fault: unknown, left: number): string => {
  if (!(fault instanceof Error)) return String(fault);
  const within = left > 0 ? [...causesOf(fault)].map((cause) => saidBy(cause, left - 1)) : [];
  return [headOf(fault), ...within.filter((text) => !fault.message.includes(text))].join(', because ');
};

const causesOf = (fault: Error): readonly unknown[] => [
  ...(fault.cause === undefined ? [] : [fault.cause]),
  ...(fault instanceof AggregateError ? fault.errors.slice(0, mostTogether) : []),
];

const headOf = (fault: Error): string => {
  const { statusCode, code } = fault as { readonly statusCode?: unknown; readonly code?: unknown };
  const facts = [statusCode, code].filter((fact) => ['string', 'number'].includes(typeof fact));
  const named = ['Error', 'AggregateError'].includes(fault.name) ? fault.message : `${fault.name}: ${fault.message}`;
  const fresh = facts.filter((fact) => !named.includes(String(fact)));
  return fresh.length === 0 ? named : `${named} (${fresh.join(', ')})`;
};
