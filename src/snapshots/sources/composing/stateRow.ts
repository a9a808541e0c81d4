import type { SecurityState } from '../../securityState.ts';
import { clipped, countIn, idIn, rowOf, textIn } from './jsonRow.ts';

/** More names than this are not kept of one machine. */
const mostProperties = 50;

/** A row of the preview, which has the shape that is wanted ("Get Machines security states collection API"). @returns undefined where it does not say whose it is */
export const readStateRow = (json: unknown): SecurityState | undefined => {
  const row = rowOf(json);
  const id = idIn(row, 'id');
  if (id === null) return undefined;
  return {
    id,
    build: countIn(row, 'build'),
    revision: countIn(row, 'revision'),
    architecture: textIn(row, 'architecture'),
    osVersion: textIn(row, 'osVersion'),
    propertiesRequireAttention: namesIn(row.propertiesRequireAttention),
  };
};

/** Sorted, each once. */
const namesIn = (value: unknown): readonly string[] => {
  if (!Array.isArray(value)) return [];
  const names = value.filter((each): each is string => typeof each === 'string').map((each) => clipped(each.trim()));
  return [...new Set(names)]
    .filter((name) => name !== '')
    .sort()
    .slice(0, mostProperties);
};
