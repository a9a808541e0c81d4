import type { HostName } from '../finder.ts';
import { nameText } from './hostName.ts';

/** By what a machine is asked for, checked and in one spelling. */
export type ResolveQuestion =
  | { readonly kind: 'hostName'; readonly name: HostName }
  | { readonly kind: 'ipAddress' | 'aadDeviceId' | 'machineId' | 'alertId'; readonly value: string };

/** What was understood, as the answer tells it. */
export const askedText = (question: ResolveQuestion): string =>
  question.kind === 'hostName' ? nameText(question.name) : question.value;
