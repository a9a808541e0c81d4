import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { entryPoints } from './entryPoints.ts';
import { toError } from './systemError.ts';
import { runAppHooks, type WorkerApp } from './workerApp.ts';

/**
 * Runs the entry points that `main` of the app's package.json names, then its `appStart` hooks, and locks the app.
 *
 * @throws when a file cannot be loaded, and, other than Azure, when nothing was registered: there such an app is up
 *   and answers 404 to everything
 */
export const loadApp = async (app: WorkerApp, appRoot: string): Promise<void> => {
  const { main, type } = readPackage(appRoot);
  if (typeof main !== 'string') throw new Error(`${join(appRoot, 'package.json')} has no "main"`);
  const files = entryPoints(main, appRoot);
  if (files.length === 0)
    throw new Error(`"main" of package.json is ${main}, and no such file is in ${appRoot}: run npm run build`);
  for (const file of files) await loadFile(join(appRoot, file), type === 'module');
  await runAppHooks(app, 'appStart', appRoot);
  await app.programmingModel?.getCapabilities?.({});
  app.locked = true;
  if (app.functions.size === 0) {
    throw new Error(`${files.join(', ')} registered no function: nothing would be served`);
  }
};

const readPackage = (appRoot: string): { main?: unknown; type?: unknown } => {
  const path = join(appRoot, 'package.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`cannot read ${path}: ${toError(error).message}`, { cause: error });
  }
};

const loadFile = async (path: string, inModulePackage: boolean): Promise<void> => {
  const isModule = path.endsWith('.mjs') || (inModulePackage && !path.endsWith('.cjs'));
  try {
    if (isModule) await import(pathToFileURL(path).href);
    else createRequire(path)(path);
  } catch (error) {
    const { message, stack } = toError(error);
    throw new Error(`cannot load ${path}: ${stack ?? message}`, { cause: error });
  }
};
