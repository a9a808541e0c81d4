/** Names of properties that a caller wrote, such as `AntivirusNotReporting`. */
import { nearest } from '../../odata/nearest.ts';
import { knownProperties } from '../sources/composing/attention.ts';
import { type Refusal, refused, shown } from './refusal.ts';

/** What properties may be called here: those that this gateway finds, and what else was found; sorted. */
export const propertiesOf = (found: readonly string[]): readonly string[] =>
  [...new Set([...knownProperties, ...found])].sort();

/**
 * @param name of the option
 * @param written names with commas between, in any case of letters
 * @returns each once, as they are written here
 */
export const readProperties = (
  name: string,
  written: string,
  known: readonly string[],
): { readonly kind: 'properties'; readonly properties: readonly string[] } | Refusal => {
  const properties = new Set<string>();
  for (const text of written.split(',').map((each) => each.trim())) {
    const property = known.find((each) => each.toLowerCase() === text.toLowerCase());
    if (property === undefined) return refused(400, unknown(name, text, known));
    properties.add(property);
  }
  return { kind: 'properties', properties: [...properties] };
};

const unknown = (name: string, text: string, known: readonly string[]): string => {
  if (text === '') return `${name}: a name is missing beside a comma`;
  const near = nearest(text, known);
  const right = near === undefined ? `There are: ${known.join(', ')}` : `Did you mean: ${near}`;
  return `${name}: ${shown(text)} is no property that requires attention of a machine. ${right}`;
};
