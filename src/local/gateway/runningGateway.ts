import { localEnvironment } from '../host/command/localSettings.ts';
import { readHostKeys } from '../host/keys/hostKeys.ts';
import { exampleToken } from '../stack/exampleToken.ts';
import { userOf } from '../stack/stackData.ts';

export interface RunningGateway {
  readonly url: string;
  readonly masterKey: string;
  /** Of a playbook, where callers are known by tokens. */
  readonly token?: string | undefined;
}

export interface Place {
  readonly appRoot: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What to do where the one in a folder is not the one that is meant. */
export const elsewhere =
  'stop it with Ctrl-C there, give --data another folder, or ask another gateway with --url and --key';

/**
 * The gateway that `npm start` runs over a data folder; undefined where nobody uses the folder.
 *
 * @throws Error where it is still starting, or something else uses the folder
 */
export const runningGateway = async (
  data: string,
  { appRoot, environment }: Place,
): Promise<RunningGateway | undefined> => {
  const holder = await userOf(data);
  if (!holder) return undefined;
  const { pid, url, storage, tokenUrl } = holder;
  if (url === undefined) throw new Error(`process ${pid} is still starting with ${data}; try again in a moment`);
  if (storage === undefined) throw new Error(`process ${pid} uses ${data}, and is no npm start; ${elsewhere}`);
  const own = localEnvironment(appRoot, environment);
  const { master: masterKey } = await readHostKeys({ ...own, AzureWebJobsStorage: storage });
  return { url, masterKey, token: tokenUrl && (await exampleToken(tokenUrl)) };
};
