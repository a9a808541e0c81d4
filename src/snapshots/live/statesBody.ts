import type { SecurityState } from '../securityState.ts';

/**
 * The collection in its documented shape and order ("Get Machines security states collection API"). The context is relative, as OData's JSON
 * format allows: the preview's own, on another host, was not asked.
 */
export const statesBody = (
  states: readonly SecurityState[],
  count: number,
  link: { readonly here: string; readonly token: string | undefined },
): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      '@odata.context': '$metadata#MachineSecurityStates',
      '@odata.count': count,
      ...(link.token === undefined ? {} : { '@odata.nextLink': `${link.here}?$skiptoken=${link.token}` }),
      value: states.map(documented),
    }),
  );

const documented = ({
  id,
  build,
  revision,
  architecture,
  osVersion,
  propertiesRequireAttention,
}: SecurityState): SecurityState => ({ id, build, revision, architecture, osVersion, propertiesRequireAttention });
