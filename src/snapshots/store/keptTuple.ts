/** What is kept of a machine as a tuple, in which it takes half the room of an object: some 130 characters of JSON. */
import type { KeptState } from '../keptState.ts';
import type { RunId } from '../runId.ts';

export type KeptTuple = readonly [
  id: string,
  build: number | null,
  revision: number | null,
  architecture: string | null,
  osVersion: string | null,
  propertiesRequireAttention: readonly string[],
  appeared: RunId,
  since: RunId,
  /** 0 where each is the same as `since`. */
  attentionSince: readonly RunId[] | 0,
  missedSince?: RunId,
];

export const encodeKept = ({ state, appeared, since, attentionSince, missedSince }: KeptState): KeptTuple => {
  const { id, build, revision, architecture, osVersion, propertiesRequireAttention: properties } = state;
  const isAllSince = attentionSince.length === properties.length && attentionSince.every((run) => run === since);
  const attention = isAllSince ? 0 : attentionSince;
  if (missedSince === undefined) {
    return [id, build, revision, architecture, osVersion, properties, appeared, since, attention];
  }
  return [id, build, revision, architecture, osVersion, properties, appeared, since, attention, missedSince];
};

export const decodeKept = (tuple: KeptTuple): KeptState => {
  const [id, build, revision, architecture, osVersion, properties, appeared, since, attention, missedSince] = tuple;
  const state = { id, build, revision, architecture, osVersion, propertiesRequireAttention: properties };
  const attentionSince = attention === 0 ? properties.map(() => since) : attention;
  if (missedSince === undefined) return { state, appeared, since, attentionSince };
  return { state, appeared, since, attentionSince, missedSince };
};
