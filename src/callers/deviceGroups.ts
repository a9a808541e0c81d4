/**
 * Which of Defender's device groups a caller sees the machines of. To Defender all callers are one application, which no device group binds, so
 * it is for the gateway to tell them apart. Messages do not repeat what stands for a caller, because it may be a key written there by mistake.
 */
import { isCallerId } from './callerId.ts';
import type { CallerIdentity } from './identity.ts';

/**
 * By caller, the ids of its groups (`rbacGroupId`), or `all` for every machine: by the id of an application or key, or of a person, whatever
 * application it comes through. `*` is whoever is not named; without it, such a caller sees every machine.
 */
export type DeviceGroups = ReadonlyMap<string, ReadonlySet<number> | 'all'>;

/** Where both the application and the person are named, what both may see. @returns undefined for every machine */
export const groupsOf = (
  bound: DeviceGroups,
  { id, person }: Pick<CallerIdentity, 'id' | 'person'>,
): ReadonlySet<number> | undefined => {
  const named = [id, person].flatMap((each) => bound.get(each ?? '') ?? []);
  const [first, second] = (named.length > 0 ? named : [bound.get('*') ?? 'all']).filter((groups) => groups !== 'all');
  return first && second ? new Set([...first].filter((group) => second.has(group))) : first;
};

/** A question for machines names them all. */
const mostGroups = 100;

/**
 * Reads device groups as the setting has them.
 *
 * @param text such as `11111111-2222-3333-4444-555555555555=12|13,key-0a1b2c3d4e5f=7,*=12`
 * @throws Error that tells which piece is wrong and shows one that is right
 */
export const parseDeviceGroups = (text: string): DeviceGroups => {
  const bound = new Map<string, ReadonlySet<number> | 'all'>();
  for (const [i, piece] of text.split(',').entries()) {
    const [caller, groups] = readPiece(piece.trim(), i + 1);
    if (bound.has(caller)) throw new Error(`piece ${i + 1} is the second one of its caller; put its groups together`);
    bound.set(caller, groups);
  }
  return bound;
};

const right = 'write <caller>=<group>|<group>, such as key-0a1b2c3d4e5f=12|13';

const readPiece = (piece: string, number: number): readonly [string, ReadonlySet<number> | 'all'] => {
  const end = piece.lastIndexOf('=');
  const caller = piece.slice(0, Math.max(0, end)).trim().toLowerCase();
  if (caller !== '*' && !isCallerId(caller)) {
    throw new Error(`piece ${number} names no caller; ${right}. /gateway/quota shows who calls`);
  }
  const written = piece.slice(end + 1).trim();
  if (written.toLowerCase() === 'all') return [caller, 'all'];
  const groups = new Set(written.split('|').map((each) => readGroup(each.trim(), number)));
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
