/** What stands in a resource once the deployment's parameters are given: both sides of each choice are looked at. */
import { isDeepStrictEqual } from 'node:util';
import type { Infra } from '../bicep/infra.ts';
import { type Given, made } from '../bicep/made.ts';
import type { Value } from '../bicep/value.ts';

export interface Choice {
  /** Ends the sentence "the deployment …". */
  readonly says: string;
  readonly given: Given;
  readonly type: string;
  /** Only resources whose names fit. */
  readonly named?: RegExp;
  /** From the body on; where it is left out, only the number of resources counts. */
  readonly path?: string;
  /** What stands there, one for each resource, in order. */
  readonly stands: readonly (Value | undefined)[];
  /** Texts of our own files, what each is replaced by, and so comes to something else. */
  readonly breaks: readonly (readonly [find: string, by: string])[];
}

/** @returns what stands there instead; nothing when all is well */
export const chosen =
  ({ given, type, named, path, stands }: Choice) =>
  (infra: Infra): readonly string[] => {
    const parameters = { environmentName: 'soc', location: 'westeurope', ...given };
    const found = made(infra, parameters).filter(
      (each) => each.type === type && (!named || named.test(String(valueAt(each.body, ['name'])))),
    );
    const values = found.map(({ body }) => (path === undefined ? undefined : valueAt(body, path.split('.'))));
    return isDeepStrictEqual(values, stands) ? [] : [`${type}: ${path ?? 'made'} is ${JSON.stringify(values)}`];
  };

/** Numbers are places in lists. */
const valueAt = (value: Value | undefined, [name, ...rest]: readonly string[]): Value | undefined => {
  if (name === undefined || typeof value !== 'object' || value === null) return name === undefined ? value : undefined;
  return valueAt((value as Given)[name], rest);
};
