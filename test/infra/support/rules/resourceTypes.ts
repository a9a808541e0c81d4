/** What may be made, each in one version of its interface: a new one is a decision. */
import { placeOf, type Rule, resourcesOf } from '../bicep/infra.ts';

/** @param versions  by type; the types of what stands inside of others in full */
export const onlyTypes =
  (versions: Readonly<Record<string, string>>): Rule =>
  (infra) =>
    infra.files.flatMap((file) =>
      file.resources
        .filter(({ type, apiVersion }) => versions[type] !== apiVersion)
        .map((resource) => {
          const { type, apiVersion } = resource;
          const right = versions[type] === undefined ? 'is not allowed' : `write ${versions[type]}`;
          return `${placeOf(file, resource)}: ${type}@${apiVersion}: ${right}`;
        }),
    );

/** Nothing is allowed that is not made or named. */
export const noneTooMany =
  (versions: Readonly<Record<string, string>>): Rule =>
  (infra) => {
    const used = new Set(infra.files.flatMap(({ resources }) => resources.map(({ type }) => type)));
    return Object.keys(versions)
      .filter((type) => !used.has(type))
      .map((type) => `${type} is allowed, and nowhere made`);
  };

/** A preview may change under a template that stays as it is. */
export const noPreviews: Rule = (infra) =>
  resourcesOf(infra)
    .filter(({ item }) => !/^\d{4}-\d\d-\d\d$/.test(item.apiVersion))
    .map(({ file, item }) => `${placeOf(file, item)}: ${item.type}@${item.apiVersion} is no stable version`);
