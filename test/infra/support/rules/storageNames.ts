/** Tables, queues and containers are those that the code uses. */
import type { Rule } from '../bicep/infra.ts';
import { namedResources } from '../bicep/namedResources.ts';

const account = 'Microsoft.Storage/storageAccounts';

export const storageTypes = {
  tables: `${account}/tableServices/tables`,
  queues: `${account}/queueServices/queues`,
  containers: `${account}/blobServices/containers`,
} as const;

/** @param wanted  all names of this kind, neither more nor less */
export const sameNames =
  (kind: keyof typeof storageTypes, wanted: readonly string[]): Rule =>
  (infra) => {
    const made = namedResources(infra, storageTypes[kind]);
    return [
      ...wanted
        .filter((name) => !made.some((each) => each.name === name))
        .map((name) => `${kind}: ${name} is not made`),
      ...made
        .filter(({ name }) => name === undefined || !wanted.includes(name))
        .map(({ place, name }) => `${place}: ${kind}: ${name ?? 'a name that can not be told'} is used by nobody`),
    ];
  };
