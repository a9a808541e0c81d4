/**
 * The highest class that a caller may have, whatever it asks for: a playbook that never sends `Priority` would otherwise be
 * interactive. Messages do not repeat what stands for a caller, because it may be a key written there by mistake.
 */
import { type PriorityClass, priorityClasses } from '../quota/priorityClass.ts';
import { isCallerId } from './callerId.ts';

export type CallerCaps = ReadonlyMap<string, PriorityClass>;

/**
 * Reads caps as the setting has them.
 *
 * @param text such as `key-0a1b2c3d4e5f=background,11111111-2222-3333-4444-555555555555=enrichment`
 * @throws Error that tells which piece is wrong and shows one that is right
 */
export const parseCallerCaps = (text: string): CallerCaps => {
  const caps = new Map<string, PriorityClass>();
  for (const [i, piece] of text.split(',').entries()) {
    const [caller, cap] = readPiece(piece.trim(), i + 1);
    if (caps.has(caller)) throw new Error(`piece ${i + 1} is the second one of its caller`);
    caps.set(caller, cap);
  }
  return caps;
};

const readPiece = (piece: string, number: number): readonly [string, PriorityClass] => {
  const end = piece.lastIndexOf('=');
  const caller = piece.slice(0, Math.max(0, end)).trim().toLowerCase();
  const named = piece.slice(end + 1).trim();
  const cap = priorityClasses.find((name) => name === named);
  const right = `write <caller>=<class>, such as key-0a1b2c3d4e5f=background`;
  if (!isCallerId(caller)) {
    throw new Error(`piece ${number} names no caller; ${right}. /gateway/quota shows who calls`);
  }
  if (cap === undefined) throw new Error(`piece ${number} ends in no class (${priorityClasses.join(', ')}); ${right}`);
  return [caller, cap];
};
