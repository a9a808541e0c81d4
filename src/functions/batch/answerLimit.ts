/**
 * How long an answer may be for whoever is to have it: a batch says so of each of its requests, with what is left of its room. Only who knows the
 * length of an answer before having it can keep to it.
 */
import type { HttpRequest } from '@azure/functions';

const limits = new WeakMap<HttpRequest, number>();

/** @param bytes of the answer's body */
export const limitAnswer = (request: HttpRequest, bytes: number): void => {
  limits.set(request, bytes);
};

/** Bytes; infinite where nobody said. */
export const answerLimit = (request: HttpRequest): number => limits.get(request) ?? Number.POSITIVE_INFINITY;
