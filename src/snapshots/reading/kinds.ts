import { type ChangeKind, changeKinds } from '../change.ts';
import { type Refusal, refused, shown } from './refusal.ts';

export type Kinds = { readonly kind: 'kinds'; readonly kinds: ReadonlySet<ChangeKind> } | Refusal;

/** Kinds of change with commas between; all where nothing is written. */
export const readKinds = (written: string | undefined): Kinds => {
  if (written === undefined) return { kind: 'kinds', kinds: new Set(changeKinds) };
  const kinds = new Set<ChangeKind>();
  for (const text of written.split(',').map((each) => each.trim())) {
    const kind = changeKinds.find((each) => each.toLowerCase() === text.toLowerCase());
    if (kind === undefined) {
      return refused(400, `change: ${shown(text)} is no kind of change. There are: ${changeKinds.join(', ')}`);
    }
    kinds.add(kind);
  }
  return { kind: 'kinds', kinds };
};
