/** About how many characters a piece takes where it is written; rather too many. */
import type { KeptState } from '../keptState.ts';
import type { Piece } from './pieces.ts';

export const weightOf = ({ machines, changes }: Piece): number => {
  let characters = 0;
  for (const kept of machines) characters += weightOfMachine(kept);
  for (const { before, after } of changes) characters += weightOfMachine(before) + weightOfMachine(after);
  return characters;
};

const weightOfMachine = (kept: KeptState | undefined): number => {
  if (!kept) return 0;
  const { id, osVersion, propertiesRequireAttention } = kept.state;
  let characters = fixedPart + id.length + (osVersion?.length ?? 0);
  for (const property of propertiesRequireAttention) characters += property.length + withEachProperty;
  return characters;
};

/** Numbers, architecture, the three runs, quotation marks and commas. */
const fixedPart = 120;

/** The run since which, quotation marks and commas. */
const withEachProperty = 26;
