import type { Entity } from '../../odata/evaluation/value.ts';

/**
 * Whether a machine is in one of the groups. Its `rbacGroupId` is a number in the answers and text in "Machine resource type"; 0, null, or
 * none at all is no group.
 */
export const isInGroups = ({ rbacGroupId: group }: Entity, groups: ReadonlySet<number>): boolean => {
  if (typeof group === 'number') return groups.has(group);
  return typeof group === 'string' && /^[1-9]\d*$/.test(group) && groups.has(Number(group));
};
