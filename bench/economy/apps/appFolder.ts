/** Folders of the small apps, as a functions host takes them. */
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type SmallApp = 'empty' | 'hello';

/**
 * Makes a folder with the app's bundle an app of its own: with the gateway's host.json and a package.json.
 *
 * @param appRoot the gateway's
 * @returns the folder
 * @throws when the bundle was not built
 */
export const appFolder = async (appRoot: string, name: SmallApp): Promise<string> => {
  const folder = join(appRoot, '.build/apps', name);
  await copyFile(join(appRoot, 'host.json'), join(folder, 'host.json'));
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ type: 'module', main: 'main.mjs' })}\n`);
  return folder;
};
