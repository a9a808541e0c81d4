import { machineType } from '../../defender/machineType.ts';
import { type ComplexType, findProperty, type Type } from '../../odata/edm.ts';
import { nearest } from '../../odata/nearest.ts';

export type ReadPath =
  /** Steps as documented: `vmMetadata`, `vmId`. */
  | { readonly kind: 'path'; readonly steps: readonly string[]; readonly type: Type }
  | { readonly kind: 'unknown'; readonly message: string };

/** Finds what a path, such as `vmMetadata/vmId` in any case of letters, leads to in a machine; nothing is within a list. */
export const readMachinePath = (path: readonly string[]): ReadPath => {
  let type: Type = machineType;
  const steps: string[] = [];
  for (const step of path) {
    if (type.kind !== 'complex') return unknown(`'${steps.join('/')}' has no properties to choose from`);
    const found: readonly [string, Type] | undefined = findProperty(type, step);
    if (found === undefined) return unknown(unknownProperty(step, type));
    steps.push(found[0]);
    type = found[1];
  }
  return { kind: 'path', steps, type };
};

export const clipped = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

const unknown = (message: string): ReadPath => ({ kind: 'unknown', message });

const unknownProperty = (name: string, { name: owner, properties }: ComplexType): string => {
  const near = nearest(name, Object.keys(properties));
  const advice = near === undefined ? `; there are ${Object.keys(properties).join(', ')}` : `. Did you mean: ${near}`;
  return `'${clipped(name)}' is not a property of a ${owner}${advice}`;
};
