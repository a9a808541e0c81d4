/** Which function answers a request, among all whose template fits: the one that is most literal, from the left. */

import type { RegisteredFunction } from '../invoker.ts';
import { triggerOf } from '../triggerOf.ts';
import { matchTemplate, type RouteValues, segmentsOf } from './matchTemplate.ts';
import { parseTemplate, type Segment } from './template.ts';

export type AuthLevel = 'anonymous' | 'function' | 'admin';

export interface Route {
  readonly functionName: string;
  /** The name of the trigger's binding. */
  readonly bindingName: string;
  readonly template: readonly Segment[];
  /** As it was written, with the prefix, without a slash in front. */
  readonly path: string;
  /** In capitals; empty for every method. */
  readonly methods: readonly string[];
  readonly authLevel: AuthLevel;
}

export interface RouteMatch {
  readonly route: Route;
  readonly values: RouteValues;
}

/** The routes of all functions with an HTTP trigger. @throws naming the function whose route is not one */
export const routesOf = (functions: readonly RegisteredFunction[], prefix: string): readonly Route[] =>
  functions
    .filter((one) => triggerOf(one).binding.type.toLowerCase() === 'httptrigger')
    .map((one) => routeOf(one, prefix))
    .sort(comparePrecedence);

/**
 * @param routes  in the order that `routesOf` gives
 * @param path    decoded; an empty segment anywhere in it matches nothing
 */
export const findRoute = (routes: readonly Route[], method: string, path: string): RouteMatch | undefined => {
  if (path.includes('//')) return undefined;
  const segments = segmentsOf(path);
  for (const route of routes) {
    if (route.methods.length > 0 && !route.methods.includes(method)) continue;
    const values = matchTemplate(route.template, segments);
    if (values) return { route, values };
  }
  return undefined;
};

const routeOf = (one: RegisteredFunction, prefix: string): Route => {
  const { name: bindingName, binding } = triggerOf(one);
  const own = typeof binding.route === 'string' && binding.route !== '' ? binding.route.replace(/^\/+/, '') : one.name;
  const path = prefix === '' ? own : `${prefix}/${own}`;
  const methods = Array.isArray(binding.methods) ? binding.methods.map((method) => String(method).toUpperCase()) : [];
  try {
    const template = parseTemplate(path);
    return { functionName: one.name, bindingName, template, path, methods, authLevel: authLevel(binding.authLevel) };
  } catch (error) {
    throw new Error(`${one.name}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
};

/** A trigger that names no level has `function`; the library writes `anonymous` where an app leaves it out. */
const authLevel = (written: unknown): AuthLevel => {
  const level = String(written ?? 'function').toLowerCase();
  return level === 'anonymous' || level === 'admin' ? level : 'function';
};

const comparePrecedence = (a: Route, b: Route): number => {
  for (let index = 0; index < Math.max(a.template.length, b.template.length); index += 1) {
    const difference = precedence(a.template[index]) - precedence(b.template[index]);
    if (difference !== 0) return difference;
  }
  return 0;
};

const precedence = (segment: Segment | undefined): number => {
  const [only] = segment ?? [];
  if (!segment || !only) return 0;
  if (segment.length > 1) return 2;
  if (only.kind === 'literal') return 1;
  const free = only.constraints.length === 0;
  if (only.catchAll) return free ? 5 : 4;
  return free ? 3 : 2;
};
