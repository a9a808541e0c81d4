/** What kind of change it is, and which properties came and went with it. */
import type { Change, ChangeKind } from '../change.ts';
import type { KeptState } from '../keptState.ts';

export const kindOf = (change: Change): ChangeKind => {
  if (!change.before) return 'appeared';
  if (!change.after) return 'vanished';
  if (newAttention(change).length > 0) return 'newlyRequiresAttention';
  return goneAttention(change).length > 0 ? 'resolved' : 'changed';
};

/** The properties that require attention and did not before; of a machine that appeared, all it has. */
export const newAttention = ({ before, after }: Change): readonly string[] => without(after, before);

/** The properties that did require attention and do no longer; of a machine that vanished, all it had. */
export const goneAttention = ({ before, after }: Change): readonly string[] => without(before, after);

const without = (some: KeptState | undefined, others: KeptState | undefined): readonly string[] => {
  const properties = some?.state.propertiesRequireAttention ?? [];
  if (!others) return properties;
  return properties.filter((property) => !others.state.propertiesRequireAttention.includes(property));
};
