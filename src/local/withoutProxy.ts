const thisMachine = ['127.0.0.1', 'localhost'];

/**
 * What has to be set so that a proxy of the environment is not asked for what is on this machine: Azure's SDKs go
 * through `HTTP_PROXY` otherwise. Both spellings, because programs differ in which they read first.
 */
export const withoutProxy = ({ NO_PROXY, no_proxy }: Readonly<Record<string, string | undefined>>) => {
  const given = (NO_PROXY || no_proxy || '').split(',').map((host) => host.trim());
  const all = [...new Set([...given, ...thisMachine])].filter((host) => host !== '').join(',');
  return { NO_PROXY: all, no_proxy: all };
};
