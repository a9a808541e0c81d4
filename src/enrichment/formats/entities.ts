/**
 * Machines among the entities of a Sentinel alert or incident. An entity stands in place, inside another, or as `{"$ref":"3"}`, which refers to
 * one of the same list (seen in rows of SecurityAlert): so who looks at every one meets all that are referred to. A host has its id flat, in its
 * `properties` or in their `additionalData`, by a name in any case of letters; Microsoft's page on entities does not know it.
 */
import { listOf, membersOf, parsedText } from './members.ts';

/**
 * @param entities a list, or a text of JSON, which may be empty or broken
 * @returns what stands as an id, of outer entities first
 */
export const machinesAmong = (entities: unknown): readonly unknown[] => {
  const seen = new Set<unknown>([typeof entities === 'string' ? parsedText(entities) : entities]);
  const found: unknown[] = [];
  for (const one of seen) {
    for (const member of listOf(one)) if (isNested(member)) seen.add(member);
    for (const [name, member] of Object.entries(membersOf(one))) {
      if (isNested(member)) seen.add(member);
      if (name.toLowerCase() === 'mdatpdeviceid') found.push(member);
    }
  }
  return found;
};

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;
