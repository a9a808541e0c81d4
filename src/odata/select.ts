import { type Entity, isEntity } from './evaluation/value.ts';

/**
 * Reads `$select` as paths, such as `id,vmMetadata/vmId`.
 *
 * @returns undefined for `*`, which leaves everything; names in any case
 */
export const parseSelect = (text: string): readonly string[] | undefined => {
  const paths = text
    .split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '');
  return paths.includes('*') || paths.length === 0 ? undefined : paths;
};

/** What `$select` leaves of an entity, in the entity's own order; annotations (`@odata...`) always stay. */
export const applySelect = (paths: readonly string[] | undefined, entity: Entity): Entity => {
  if (paths === undefined) return entity;
  const wanted = grouped(paths);
  const kept = Object.entries(entity).flatMap(([name, value]) => {
    const rest = wanted.get(name.toLowerCase());
    if (rest === undefined) return name.startsWith('@') ? [[name, value] as const] : [];
    return [[name, rest.length > 0 && isEntity(value) ? applySelect(rest, value) : value] as const];
  });
  return Object.fromEntries(kept);
};

/** Each first name with the paths that go on from it; none if it is wanted whole. */
const grouped = (paths: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map<string, readonly string[]>();
  for (const path of paths) {
    const [first = '', ...rest] = path.split('/');
    const name = first.toLowerCase();
    const known = groups.get(name);
    const whole = rest.length === 0 || known?.length === 0;
    groups.set(name, whole ? [] : [...(known ?? []), rest.join('/')]);
  }
  return groups;
};
