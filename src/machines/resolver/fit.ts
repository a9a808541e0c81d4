import type { HostName } from '../finder.ts';
import type { ResolveQuestion } from './question.ts';
import type { MachineRecord } from './record.ts';

/** Perhaps: a full name was asked for, and the record's name is its first label, without a domain. */
export type Fit = 'surely' | 'perhaps' | 'not';

/**
 * Whether a record is what was asked for. Names are compared by whole labels: a short name is the first label of any name, a full name
 * is that name alone.
 *
 * @param record among what Defender gave for the question
 */
export const fitOf = (record: MachineRecord, question: ResolveQuestion): Fit => {
  switch (question.kind) {
    case 'hostName':
      return nameFit(record.name, question.name);
    case 'ipAddress':
      return surelyIf(record.lastIpAddress === question.value);
    case 'aadDeviceId':
      return surelyIf(record.aadDeviceId === question.value);
    case 'machineId':
      return surelyIf(record.id === question.value);
    case 'alertId':
      return 'surely';
  }
};

const nameFit = (name: HostName | undefined, asked: HostName): Fit => {
  if (name?.label !== asked.label) return 'not';
  if (asked.domain === undefined || name.domain === asked.domain) return 'surely';
  return name.domain === undefined ? 'perhaps' : 'not';
};

const surelyIf = (is: boolean): Fit => (is ? 'surely' : 'not');
