/** What a verdict says first: what was found, and what would settle it. */
import { nameText } from './hostName.ts';
import { askedText, type ResolveQuestion } from './question.ts';
import type { MachineRecord } from './record.ts';
import type { Weighed } from './weigh.ts';
import { called, lastSeenText, listText } from './wording.ts';

export const exactMessage = (question: ResolveQuestion, one: MachineRecord, { setBehind }: Weighed): string => {
  const others =
    ['', ' One other record is set behind it.'][setBehind.length] ??
    ` ${setBehind.length} other records are set behind it.`;
  return `${described(question)} is ${called(one)}.${addressCaveat(question, one)}${others}`;
};

export const noneMessage = (question: ResolveQuestion, { strangers }: Pick<Weighed, 'strangers'>): string => {
  const asked = askedText(question);
  switch (question.kind) {
    case 'hostName':
      return `Defender has no machine of the name ${asked}.${strangersText(strangers)}${cutText(question.name.label)}`;
    case 'ipAddress':
      return `No machine reported ${asked} last. Defender finds machines by their last local address only, not by earlier or external ones.`;
    case 'aadDeviceId':
      return `Defender has no machine with the Entra device id ${asked}. Not every machine’s is known to it: a name may find it.`;
    case 'machineId':
      return `Defender has no machine ${asked}.`;
    case 'alertId':
      return `Defender knows no alert ${asked}, or not the machine that it was raised on. Ids are written with and without the two letters in front (da): the other form may be known.`;
  }
};

export const unsureMessage = (question: ResolveQuestion, weighed: Weighed): string => {
  const { standing, fits } = weighed;
  const sure = standing.filter((record) => fits.get(record) === 'surely');
  if (standing.length > 1) return `${severalText(question, standing)} ${settling(question, standing)}`;
  if (sure.length > 0 || standing.length === 0) return `${lostText(weighed)} ${settling(question, standing)}`;
  return `${bareText(question, weighed)} ${settling(question, [])}`;
};

/** Not more of a sentence than the question: `srv02`, `The machine at 10.0.0.5`. */
const described = (question: ResolveQuestion): string => {
  const asked = askedText(question);
  switch (question.kind) {
    case 'hostName':
      return asked;
    case 'ipAddress':
      return `The machine at ${asked}`;
    case 'aadDeviceId':
      return `The machine with the Entra device id ${asked}`;
    case 'machineId':
      return `Machine ${asked}`;
    case 'alertId':
      return `The machine of alert ${asked}`;
  }
};

const addressCaveat = ({ kind }: ResolveQuestion, one: MachineRecord): string =>
  kind === 'ipAddress' ? ` It had that address when it last reported, ${lastSeenText(one)}.` : '';

const severalText = (question: ResolveQuestion, standing: readonly MachineRecord[]): string => {
  const names = [...new Set(standing.map(({ name, machine }) => (name ? nameText(name) : machine.id)))].sort();
  const records = `${described(question)} may be any of ${standing.length} records`;
  return names.length === 1
    ? `${records}: all are named ${names[0]}, and nothing sets one behind another for sure.`
    : `${records}: ${listText(names)}.`;
};

const lostText = ({ setBehind }: Weighed): string => {
  const lost = setBehind.flatMap((set) => ('lostId' in set ? [`${called(set.record)} into ${set.lostId}`] : []));
  return `Defender merged ${listText(lost)}, and no record of that id was found.`;
};

const bareText = (question: ResolveQuestion, { standing, setBehind, fits }: Weighed): string => {
  const [bare] = standing;
  const named = setBehind.some(({ record }) => fits.get(record) === 'surely');
  const first = named
    ? `The record named ${askedText(question)} is set behind ${bare ? called(bare) : ''}`
    : `No record is named ${askedText(question)}; there is ${bare ? called(bare) : ''}`;
  return `${first}, whose name has no domain: it may be the machine that is meant, or another.`;
};

const settling = (question: ResolveQuestion, standing: readonly MachineRecord[]): string => {
  const domains = new Set(standing.map(({ name }) => name?.domain));
  const ids = 'the Entra device id (aadDeviceId) or the machineId';
  if (question.kind === 'aadDeviceId' || question.kind === 'machineId')
    return 'Ask with the machineId of the one that is meant.';
  if (question.kind === 'ipAddress') return `Ask with hostName, ${ids}.`;
  const isShort = question.kind === 'hostName' && question.name.domain === undefined;
  return isShort && domains.size > 1 ? `Ask with the full name, ${ids}.` : `Ask with ${ids}.`;
};

const strangersText = (strangers: readonly MachineRecord[]): string => {
  const names = [...new Set(strangers.flatMap(({ name }) => (name ? [nameText(name)] : [])))].sort();
  return names.length === 0 ? '' : ` ${listText(names)} ${names.length === 1 ? 'is' : 'are'} in another domain.`;
};

/** "Naming conventions in Active Directory": a computer's account has 15 characters at most, its host name may have more. */
const cutText = (label: string): string =>
  label.length === 15
    ? ' It has 15 characters, where names of computer accounts are cut: ask with the whole name.'
    : '';
