/**
 * The address of a service of a storage account that is known by its name. In another cloud than the public one its end is the same as of the tables'
 * address, where that has the usual form.
 *
 * @param tables the address of a table service
 */
export const accountAddress = (name: string, service: 'blob' | 'queue', tables: string | undefined): string => {
  const host = tables === undefined ? '' : new URL(tables).hostname;
  const end = /^[a-z0-9]+\.table\.(core\..+)$/.exec(host)?.[1] ?? 'core.windows.net';
  return `https://${name}.${service}.${end}`;
};
