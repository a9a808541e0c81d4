import type { Machine } from '../../../../src/machines/finder.ts';
import type { ResolveQuestion } from '../../../../src/machines/resolver/question.ts';
import { rank } from '../../../../src/machines/resolver/rank.ts';
import { readResolveQuestion } from '../../../../src/machines/resolver/readQuestion.ts';
import type { Verdict } from '../../../../src/machines/resolver/resolution.ts';

/** An id of 40 hexadecimal digits that begins with these. */
export const idOf = (digits: string): string => digits.padEnd(40, '0');

/** A machine in good health, with the properties that a resolver looks at; ids by their first digits. */
export const machine = (digits: string, more: Readonly<Record<string, unknown>> = {}): Machine => ({
  id: idOf(digits),
  mergedIntoMachineId: null,
  isPotentialDuplication: false,
  isExcluded: false,
  exclusionReason: null,
  computerDnsName: 'srv02.contoso.com',
  firstSeen: '2026-01-05T08:00:00.1234567Z',
  lastSeen: '2026-11-20T08:00:00.1234567Z',
  lastIpAddress: '10.0.0.5',
  lastExternalIpAddress: '203.0.113.7',
  healthStatus: 'Active',
  onboardingStatus: 'Onboarded',
  aadDeviceId: null,
  ...more,
});

/** The question as a caller would write it. */
export const asking = (kind: ResolveQuestion['kind'], value: string): ResolveQuestion => {
  const read = readResolveQuestion([[kind, value]]);
  if (read.kind === 'wrong') throw new Error(read.message);
  return read.question;
};

/** The verdict on rows that one find brought. */
export const verdictOn = (question: ResolveQuestion, ...found: readonly Machine[]): Verdict =>
  rank(question, { found, targets: [] });

/** The parts that decide: match, first digits of the machine, and of each candidate what it is behind. */
export const inShort = ({ match, machine: one, candidates }: Verdict) => ({
  match,
  machine: one && digitsOf(one),
  candidates: candidates.map(({ machine: each, behind }) => [digitsOf(each), behind]),
});

const digitsOf = ({ id }: Machine): string => id.replace(/0+$/, '');
