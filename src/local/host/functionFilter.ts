import type { RegisteredFunction } from './invoker.ts';
import { triggerOfType } from './triggerOf.ts';

/**
 * The functions that one host runs, out of those that the app registered.
 *
 * @param chosen       names, or `http` for all with an HTTP trigger; `undefined` for all
 * @param hostJson     the `functions` array of host.json, if it has one
 * @param environment  where `AzureWebJobs.<name>.Disabled` may be
 * @throws when a chosen name is no function of the app
 */
export const selectFunctions = (
  all: readonly RegisteredFunction[],
  chosen: readonly string[] | undefined,
  hostJson: readonly string[] | undefined,
  environment: Readonly<Record<string, string>>,
): readonly RegisteredFunction[] => {
  const unknown = (chosen ?? []).filter((name) => name !== 'http' && !all.some((known) => same(known.name, name)));
  if (unknown.length > 0) {
    const names = all.map(({ name }) => name).join(', ');
    throw new Error(`--functions: the app has no ${unknown.join(', ')}; give http, or some of ${names}`);
  }
  return all.filter(
    (one) =>
      (chosen === undefined || chosen.some((name) => isChosen(one, name))) &&
      (hostJson === undefined || hostJson.some((name) => same(name, one.name))) &&
      !isDisabled(one.name, environment),
  );
};

const isChosen = (one: RegisteredFunction, name: string) =>
  same(one.name, name) || (name === 'http' && triggerOfType(one, 'httpTrigger') !== undefined);

/** Linux allows no dot in a variable's name, so Azure also takes underscores. */
const isDisabled = (name: string, environment: Readonly<Record<string, string>>) =>
  [`AzureWebJobs.${name}.Disabled`, `AzureWebJobs_${name}_Disabled`].some((setting) =>
    ['true', '1'].includes(environment[setting]?.toLowerCase() ?? ''),
  );

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
