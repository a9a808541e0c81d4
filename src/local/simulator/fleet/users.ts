/**
 * Who was logged on where. Names are plain account names, as Defender takes them; a few are of the kind that breaks
 * URLs and filters.
 */
import type { FleetPlan } from './device.ts';
import { below, chance, random, streams } from './random.ts';

const awkward = [
  'user1',
  'administrator',
  "o'brien",
  'müller',
  'anna maria',
  'svc_backup$',
  'søren.ødegård',
  '张伟',
  'jdoe-adm',
  '100%ig',
  'c#dev',
  'a&b',
  '~temp',
] as const;
const givenNames = ['alex', 'bea', 'carlos', 'dana', 'emil', 'fatima', 'goran', 'hana', 'ines', 'jonas'] as const;
const familyNames = [
  'meyer',
  'novak',
  'silva',
  'tanaka',
  'okafor',
  'berg',
  'rossi',
  'dubois',
  'khan',
  'smith',
] as const;

/** The users of one machine: whom it belongs to, at times a guest, on one in ten the administrator. */
export const usersAt = ({ seed, machines }: FleetPlan, index: number): readonly string[] => {
  const count = Math.max(1, Math.ceil(machines * 0.8));
  const numbers = random(seed, streams.user, index);
  const users = [userName(index % count)];
  if (index < 3) users.push('user1');
  if (chance(numbers, 250)) users.push(userName(below(numbers, count)));
  if (chance(numbers, 100)) users.push('administrator');
  return [...new Set(users)];
};

const userName = (number: number): string => {
  const plain = `${givenNames[number % 10]}.${familyNames[Math.floor(number / 10) % 10]}`;
  return awkward[number] ?? (number < 100 ? plain : `${plain}${Math.floor(number / 100)}`);
};
