/**
 * `main` of package.json may be a pattern, such as `dist/src/{index.js,functions/*.js}`. Understood here: braces,
 * `*` within a name, and `**` for any folders between; that is what the templates of Azure Functions use.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files that a pattern names, in the order of its alternatives.
 *
 * @param main     the pattern, with slashes
 * @param appRoot  the folder it starts from
 * @returns paths from `appRoot`, each once; empty when nothing matches
 */
export const entryPoints = (main: string, appRoot: string): readonly string[] => [
  ...new Set(expandBraces(main).flatMap((pattern) => matches(appRoot, '', segmentsOf(pattern)))),
];

const expandBraces = (pattern: string): readonly string[] => {
  const found = /\{([^{}]*)\}/.exec(pattern);
  if (!found) return [pattern];
  const before = pattern.slice(0, found.index);
  const after = pattern.slice(found.index + found[0].length);
  return (found[1] ?? '').split(',').flatMap((choice) => expandBraces(`${before}${choice}${after}`));
};

const segmentsOf = (pattern: string) => pattern.split('/').filter((segment) => segment !== '' && segment !== '.');

const matches = (root: string, folder: string, [segment, ...rest]: readonly string[]): readonly string[] => {
  if (segment === undefined) return [];
  if (segment === '**') {
    const deeper = foldersIn(root, folder).flatMap((name) => matches(root, join(folder, name), ['**', ...rest]));
    return [...matches(root, folder, rest), ...deeper];
  }
  const names = segment.includes('*') ? namesLike(root, folder, segment) : [segment];
  if (rest.length > 0) return names.flatMap((name) => matches(root, join(folder, name), rest));
  return names.map((name) => join(folder, name)).filter((path) => isFile(join(root, path)));
};

const namesLike = (root: string, folder: string, segment: string) => {
  const like = new RegExp(`^${segment.split('*').map(escapeLiteral).join('[^/]*')}$`);
  return namesIn(root, folder).filter((name) => like.test(name) && !name.startsWith('.'));
};

const foldersIn = (root: string, folder: string) =>
  namesIn(root, folder).filter((name) => name !== 'node_modules' && !isFile(join(root, folder, name)));

const namesIn = (root: string, folder: string): readonly string[] => {
  try {
    return readdirSync(join(root, folder)).sort();
  } catch {
    return [];
  }
};

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

const escapeLiteral = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
