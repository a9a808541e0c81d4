/**
 * Machines named in `AdditionalFields` of a row of AlertEvidence: a text of JSON about one entity. A process or a file has its host inside; what
 * was written once, with an `$id`, is later only referred to, with a `$ref`.
 */
import { isObject, type Members, membersOf, parsedText, textOf } from './members.ts';

/** @param fields a text, or what it says; none are found in one that is broken */
export const hostIds = (fields: unknown): readonly unknown[] => {
  const entity = typeof fields === 'string' ? parsedText(fields) : fields;
  if (!isObject(entity)) return [];
  const known = new Map(identified(entity, 0));
  const whole = (value: unknown): Members => {
    const members = membersOf(value);
    return known.get(textOf(members.$ref) ?? '') ?? members;
  };
  const hosts = [entity, whole(entity.Host), whole(whole(entity.ImageFile).Host)];
  return hosts.map(({ MachineId }) => MachineId);
};

/** Entities have few levels; what lies deeper is not looked at. */
const deepest = 12;

const identified = (value: unknown, depth: number): (readonly [id: string, entity: Members])[] => {
  if (depth > deepest || typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap((one) => identified(one, depth + 1));
  const id = isObject(value) ? textOf(value.$id) : undefined;
  return isObject(value) && id !== undefined ? [[id, value], ...below] : below;
};
