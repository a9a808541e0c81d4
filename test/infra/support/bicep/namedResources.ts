/** Resources by the names they get, one for each round of a loop. */
import { type Infra, placeOf, resourcesOf } from './infra.ts';
import { bodyMeant, type Meant, textsOf, valuesAt } from './meaning.ts';

export interface NamedResource {
  readonly place: string;
  /** Undefined where it is only known in Azure. */
  readonly name: string | undefined;
  readonly body: Meant;
}

export const namedResources = (infra: Infra, type: string): readonly NamedResource[] =>
  resourcesOf(infra, type).flatMap(({ file, item }) => {
    const body = bodyMeant(infra, file, item);
    const names = valuesAt(infra, body, ['name']).flatMap((name) => (name ? textsOf(infra, name) : [undefined]));
    return [...new Set(names)].map((name) => ({ place: placeOf(file, item), name, body }));
  });
