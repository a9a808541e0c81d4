import { nearest } from './nearest.ts';

/** OData 4's options, in the order in which a query is printed. */
export const optionNames = [
  '$filter',
  '$top',
  '$skip',
  '$select',
  '$orderby',
  '$expand',
  '$count',
  '$search',
  '$format',
  '$apply',
  '$compute',
  '$skiptoken',
  '$deltatoken',
  '$levels',
  '$index',
  '$schemaversion',
  '$id',
] as const;

export type OptionName = (typeof optionNames)[number];

/** The option of that name, in any case; undefined if OData has none. */
export const findOption = (name: string): OptionName | undefined => {
  const lower = name.toLowerCase();
  return optionNames.find((known) => known === lower);
};

/** Why a name is no option, and which was probably meant. */
export const describeUnknownOption = (name: string): string => {
  const near = nearest(name, optionNames);
  const said = name.length > 60 ? `${name.slice(0, 57)}...` : name;
  return `'${said}' is not an option of OData${near === undefined ? '' : `. Did you mean: ${near}`}`;
};
