/**
 * Which of Defender's device groups a caller sees the machines of. To Defender all callers are one application, which no device group binds, so
 * it is for the gateway to tell them apart. Messages do not repeat what stands for a caller, because it may be a key written there by mistake.
 */
import { isCallerId } from './callerId.ts';

/** By caller, the ids of its groups (`rbacGroupId`); who is not among them is bound to none, and sees every machine. */
export type DeviceGroups = ReadonlyMap<string, ReadonlySet<number>>;

/** A question for machines names them all. */
const mostGroups = 100;

/**
 * Reads device groups as the setting has them.
 *
 * @param text such as `11111111-2222-3333-4444-555555555555=12|13,key-0a1b2c3d4e5f=7`
 * @throws Error that tells which piece is wrong and shows one that is right
 */
export const parseDeviceGroups = (text: string): DeviceGroups => {
  const bound = new Map<string, ReadonlySet<number>>();
  for (const [i, piece] of text.split(',').entries()) {
    const [caller, groups] = readPiece(piece.trim(), i + 1);
    if (bound.has(caller)) throw new Error(`piece ${i + 1} is the second one of its caller; put its groups together`);
    bound.set(caller, groups);
  }
  return bound;
};

const right = 'write <caller>=<group>|<group>, such as key-0a1b2c3d4e5f=12|13';

const readPiece = (piece: string, number: number): readonly [string, ReadonlySet<number>] => {
  const end = piece.lastIndexOf('=');
  const caller = piece.slice(0, Math.max(0, end)).trim().toLowerCase();
  if (!isCallerId(caller)) {
    throw new Error(`piece ${number} names no caller; ${right}. /gateway/quota shows who calls`);
  }
  const groups = new Set(
    piece
      .slice(end + 1)
      .split('|')
      .map((each) => readGroup(each.trim(), number)),
  );
  if (groups.size > mostGroups)
    throw new Error(`piece ${number} has ${groups.size} groups; at most ${mostGroups} are taken`);
  return [caller, groups];
};

/** 0 is what Defender says of machines that are in no group. */
const readGroup = (text: string, number: number): number => {
  const id = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (id > 0) return id;
  throw new Error(`piece ${number} has a group that is no rbacGroupId, a whole number from 1 on; ${right}`);
};
