/**
 * Changes of a run as texts, as many to a text as a property of an entity holds: what changed about a hundred machines is one or two
 * entities. Packed in the order given, so that who fills a batch can count along.
 */
import { mostInProperty } from '../../storage/propertyText.ts';
import { type Change, idOf } from '../change.ts';
import { decodeKept, encodeKept, type KeptTuple } from './keptTuple.ts';

export interface ChangePart {
  /** Of the first machine in it. */
  readonly firstId: string;
  /** JSON; longer than `mostInProperty` only where a single change is. */
  readonly text: string;
}

/** How many parts there are so far, and how much goes into the last. */
export interface Packing {
  readonly parts: number;
  readonly room: number;
}

export const noParts: Packing = { parts: 0, room: 0 };

/** The packing with one more change. */
export const packed = ({ parts, room }: Packing, change: Change): Packing => after(parts, room, encoded(change).length);

/** How many parts, which is entities, the changes of a batch take. */
export const partsOf = (changes: readonly Change[]): number => changes.reduce(packed, noParts).parts;

export const encodeChanges = (changes: readonly Change[]): readonly ChangePart[] => {
  const parts: { readonly firstId: string; readonly texts: string[] }[] = [];
  let packing = noParts;
  for (const change of changes) {
    const text = encoded(change);
    packing = after(packing.parts, packing.room, text.length);
    const last = parts[packing.parts - 1];
    if (last) last.texts.push(text);
    else parts.push({ firstId: idOf(change), texts: [text] });
  }
  return parts.map(({ firstId, texts }) => ({ firstId, text: `[${texts.join(',')}]` }));
};

export const decodeChanges = (text: string): readonly Change[] =>
  (JSON.parse(text) as readonly ChangeTuple[]).map(([before, after]) => ({
    ...(before !== 0 && { before: decodeKept(before) }),
    ...(after !== 0 && { after: decodeKept(after) }),
  }));

type ChangeTuple = readonly [before: KeptTuple | 0, after: KeptTuple | 0];

const encoded = ({ before, after }: Change): string => {
  const tuple: ChangeTuple = [before ? encodeKept(before) : 0, after ? encodeKept(after) : 0];
  return JSON.stringify(tuple);
};

/** Brackets and commas are counted: one before each change, one behind the last. */
const after = (parts: number, room: number, length: number): Packing => {
  const needed = length + 1;
  if (parts > 0 && needed <= room) return { parts, room: room - needed };
  return { parts: parts + 1, room: mostInProperty - 1 - needed };
};
