/** Route templates of ASP.NET Core: `api/machines/{id:guid}/{part?}`, `files/{name}.{ext}`, `raw/{*rest}`. */
import { type Constraint, constraint } from './constraints.ts';

export interface Parameter {
  readonly kind: 'parameter';
  readonly name: string;
  readonly optional: boolean;
  readonly catchAll: boolean;
  readonly fallback: string | undefined;
  readonly constraints: readonly Constraint[];
}

export type Part = { readonly kind: 'literal'; readonly text: string } | Parameter;

/** What stands between two slashes: one part, or several such as `{name}.{ext}`. */
export type Segment = readonly Part[];

/** @throws when the template is not one */
export const parseTemplate = (template: string): readonly Segment[] =>
  splitSegments(template.replace(/^~?\/+|\/+$/g, '')).map((segment) => parseSegment(segment, template));

/** Splits at slashes, but not at those of a constraint such as `{path:regex(^a/b$)}`. */
const splitSegments = (template: string): readonly string[] =>
  template === '' ? [] : (template.match(/(?:\{\{|\}\}|\{(?:\{\{|\}\}|[^{}])*\}|[^/{}])+/g) ?? []);

const parseSegment = (segment: string, template: string): Segment =>
  (segment.match(/\{(?!\{)(?:\{\{|\}\}|[^{}])*\}|(?:\{\{|\}\}|[^{}])+/g) ?? []).map((part) => {
    if (!part.startsWith('{') || part.startsWith('{{')) return { kind: 'literal', text: unescapeBraces(part) };
    return parseParameter(part.slice(1, -1), template);
  });

const parseParameter = (written: string, template: string): Parameter => {
  const [, stars = '', name = '', rest = ''] = /^(\*{0,2})([^:=?*]+)(.*)$/s.exec(written) ?? [];
  if (name === '') throw new Error(`the route '${template}' has a parameter without a name`);
  const optional = rest.endsWith('?');
  const [constraintsText, fallback] = splitFallback(optional ? rest.slice(0, -1) : rest);
  const constraints = splitConstraints(constraintsText).map((text) => constraint(unescapeBraces(text)));
  return { kind: 'parameter', name, optional, catchAll: stars !== '', fallback, constraints };
};

/** `:int=5` has the constraint `int` and the fallback `5`; an equals sign in parentheses is the constraint's own. */
const splitFallback = (text: string): [string, string | undefined] => {
  const found = /^((?::\w+(?:\(.*?\))?(?=[:=]|$))*)=(.*)$/s.exec(text);
  return found ? [found[1] ?? '', found[2]] : [text, undefined];
};

const splitConstraints = (text: string): readonly string[] => text.match(/\w+\(.*?\)(?=:|$)|\w+/gs) ?? [];

const unescapeBraces = (text: string) => text.replaceAll('{{', '{').replaceAll('}}', '}');
