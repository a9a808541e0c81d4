/** All Bicep files of a deployment, as rules read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type BicepFile, createBicepReader, type Module, type Resource } from './bicepFile.ts';

export interface Infra {
  readonly files: readonly BicepFile[];
  file(path: string): BicepFile | undefined;
}

/** A resource that the deployment makes, and where it stands. */
export interface Placed<T> {
  readonly file: BicepFile;
  readonly item: T;
}

/** A rule gives what breaks it, each with its place; nothing when all is well. */
export type Rule = (infra: Infra) => readonly string[];

/** @param texts  by path below the folder */
export const infraOf = async (texts: Readonly<Record<string, string>>): Promise<Infra> => {
  const read = await createBicepReader();
  const files = Object.entries(texts).map(([path, text]) => read(path, text));
  return { files, file: (path) => files.find((file) => file.path === path) };
};

/** Reads every Bicep file in a folder and below. */
export const readInfra = (folder: string): Promise<Infra> => infraOf(textsIn(folder, 'bicep'));

/** Texts of the files with this ending, by path below the folder, with slashes. */
export const textsIn = (folder: string, ending: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(`.${ending}`))
      .map((name) => name.replaceAll('\\', '/'))
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

/** What the deployment makes, of this type (any case) or all; not what it only names. */
export const resourcesOf = ({ files }: Infra, type?: string): readonly Placed<Resource>[] =>
  files.flatMap((file) =>
    file.resources
      .filter((resource) => !resource.isExisting)
      .filter((resource) => type === undefined || resource.type.toLowerCase() === type.toLowerCase())
      .map((item) => ({ file, item })),
  );

export const modulesOf = ({ files }: Infra): readonly Placed<Module>[] =>
  files.flatMap((file) => file.modules.map((item) => ({ file, item })));

/** The path of what a module of a file names, below the folder. */
export const pathOfModule = ({ file, item }: Placed<Module>): string => posix.join(posix.dirname(file.path), item.path);

/** Such as `main.bicep:12`. */
export const placeOf = (file: BicepFile, { line }: { readonly line: number }): string => `${file.path}:${line}`;
