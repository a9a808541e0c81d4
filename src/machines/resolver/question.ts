import type { HostName } from '../finder.ts';
import { nameText } from './hostName.ts';

/** By what a machine is asked for, checked and in one spelling. */
export type ResolveQuestion =
  | { readonly kind: 'hostName'; readonly name: HostName }
  /** `spellings`: the address as its standard has it, and as it was written where that differs. */
  | { readonly kind: 'ipAddress'; readonly address: string; readonly spellings: readonly string[] }
  | { readonly kind: 'aadDeviceId' | 'machineId' | 'alertId'; readonly value: string };

/** What was understood, as the answer tells it. */
export const askedText = (question: ResolveQuestion): string => {
  if (question.kind === 'hostName') return nameText(question.name);
  return question.kind === 'ipAddress' ? question.address : question.value;
};
