/** Why a candidate stands where it does: one sentence each, with the values. */
import type { Fit } from './fit.ts';
import { nameText } from './hostName.ts';
import { askedText, type ResolveQuestion } from './question.ts';
import type { MachineRecord } from './record.ts';
import type { SetBehind } from './weigh.ts';
import { called, daysText, lastSeenText } from './wording.ts';

export const reasonOf = (set: SetBehind): string => {
  if ('lostId' in set) return `Defender merged it into ${set.lostId}, and no record of that id was found.`;
  const { record, better } = set;
  const { machine } = record;
  switch (set.behind) {
    case 'mergedIntoAnother':
      return `Defender merged it into ${record.mergedInto}${record.mergedInto === better.id ? '' : `, and that, in the end, into ${better.id}`}.`;
    case 'excluded':
      return `It is excluded (${machine.exclusionReason ?? 'no reason is given'}), and ${called(better)} is not.`;
    case 'notOnboarded':
      return `It is not onboarded (${machine.onboardingStatus}), and ${called(better)} is.`;
    case 'inactive':
      return `It is ${machine.healthStatus}, last seen ${lastSeenText(record)}, and ${called(better)} is ${better.machine.healthStatus}.`;
    case 'potentialDuplicate':
      return `Defender takes it for a duplicate (isPotentialDuplication), and ${called(better)} not.`;
    case 'seenEarlier':
      return `It was last seen ${lastSeenText(record)}, ${daysText(ticksBetween(record, better))} before ${called(better)}.`;
    case 'nameWithoutDomain':
      return `Its name is ${machine.computerDnsName}, without a domain; ${called(better)} has the full name.`;
  }
};

/** Of a record that nothing sets behind another, where there is no exact match. */
export const standingReason = (record: MachineRecord, fit: Fit | undefined, question: ResolveQuestion): string => {
  const seen = `last seen ${lastSeenText(record)}`;
  if (fit === 'surely')
    return `It is ${record.machine.healthStatus ?? 'of unknown health'}, ${seen}; nothing sets it behind another.`;
  const name = record.name === undefined ? 'missing' : nameText(record.name);
  return `Its name is ${name}, without a domain, ${seen}: it may be ${askedText(question)}, or another machine.`;
};

const ticksBetween = (a: MachineRecord, b: MachineRecord): bigint => (b.lastSeen ?? 0n) - (a.lastSeen ?? 0n);
