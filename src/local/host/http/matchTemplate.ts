import type { Parameter, Part, Segment } from './template.ts';

/** Route values by the name of their parameter. */
export type RouteValues = Readonly<Record<string, string>>;

/** @param path decoded, begins with a slash; one at its end is nothing */
export const segmentsOf = (path: string): readonly string[] => {
  const given = path.replace(/^\//, '').replace(/\/$/, '');
  return given === '' ? [] : given.split('/');
};

/** The values of a path under a template, if it is one of that template's; the case of literals does not matter. */
export const matchTemplate = (template: readonly Segment[], segments: readonly string[]): RouteValues | undefined => {
  const values: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    const last = segment.length === 1 ? segment[0] : undefined;
    if (last?.kind === 'parameter' && last.catchAll) {
      return take(values, last, segments.slice(index).join('/')) ? values : undefined;
    }
    if (!matchSegment(segment, segments[index], values)) return undefined;
  }
  return segments.length <= template.length ? values : undefined;
};

const matchSegment = (segment: Segment, given: string | undefined, values: Record<string, string>): boolean => {
  const [only] = segment;
  if (segment.length === 1 && only?.kind === 'parameter') return take(values, only, given ?? '');
  if (given === undefined) return false;
  if (segment.length === 1 && only?.kind === 'literal') return given.toLowerCase() === only.text.toLowerCase();
  const parameters = segment.filter((part) => part.kind === 'parameter');
  const found = expressionOf(segment).exec(given);
  return found !== null && parameters.every((parameter, index) => take(values, parameter, found[index + 1] ?? ''));
};

const expressions = new WeakMap<Segment, RegExp>();

/** Made when the segment is first matched: the templates of all routes are tried for every request. */
const expressionOf = (segment: Segment): RegExp => {
  const kept = expressions.get(segment);
  if (kept) return kept;
  const made = new RegExp(`^${segment.map(patternOf).join('')}$`, 'is');
  expressions.set(segment, made);
  return made;
};

const patternOf = (part: Part, index: number, segment: Segment): string => {
  if (part.kind === 'parameter') return part.optional ? '(.+)?' : '(.+)';
  const dropped = part.text === '.' && isOptional(segment[index + 1]);
  return part.text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') + (dropped ? '?' : '');
};

const isOptional = (part: Part | undefined) => part?.kind === 'parameter' && part.optional;

/** Notes a parameter's value; an absent one may fall back, or be left out where the template allows that. */
const take = (values: Record<string, string>, parameter: Parameter, given: string): boolean => {
  const value = given === '' ? parameter.fallback : given;
  if (value === undefined) return parameter.optional || parameter.catchAll;
  values[parameter.name] = value;
  return parameter.constraints.every((holds) => holds(value));
};
