/**
 * Whether two states are the same to us. The sources write some things differently (`10.0.14393.2485.amd64fre.rs1_release` here is
 * `10.0.14393.2485` there); a machine is not told to have changed for that.
 */
import type { SecurityState } from '../securityState.ts';

/** An equivalence: of three states of which two pairs are the same, the third pair is. */
export const sameState = (a: SecurityState, b: SecurityState): boolean =>
  a.id === b.id &&
  a.build === b.build &&
  a.revision === b.revision &&
  a.architecture === b.architecture &&
  sameVersion(a.osVersion, b.osVersion) &&
  sameProperties(a.propertiesRequireAttention, b.propertiesRequireAttention);

const sameVersion = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && numbersOf(a) === numbersOf(b));

/** The first four parts where these are numbers; else the whole text. */
const numbersOf = (version: string): string => fourNumbers.exec(version)?.[0] ?? version;

const fourNumbers = /^\d+\.\d+\.\d+\.\d+(?=\.|$)/;

/** As sets: neither order nor repetition counts. */
const sameProperties = (a: readonly string[], b: readonly string[]): boolean =>
  isEqual(a, b) || (a.every((property) => b.includes(property)) && b.every((property) => a.includes(property)));

const isEqual = (a: readonly string[], b: readonly string[]): boolean => {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
};
