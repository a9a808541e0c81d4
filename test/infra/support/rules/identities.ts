/** Doors open to the identity alone: each trigger's connection, and roles for one resource each. */

import { keyText, memberNamed } from '../bicep/expression.ts';
import { placeOf, type Rule, resourcesOf } from '../bicep/infra.ts';
import { bodyMeant, textsOf, valuesAt } from '../bicep/meaning.ts';
import { within } from '../bicep/within.ts';
import { appSettingsOf } from './appSettings.ts';

/** The addresses that a connection must have; the host's own needs all three services. */
const addresses: Readonly<Record<string, readonly string[]>> = {
  AzureWebJobsStorage: ['blobServiceUri', 'queueServiceUri', 'tableServiceUri'],
  AlertQueues: ['queueServiceUri'],
  AlertStream: ['fullyQualifiedNamespace'],
};

/** "Identity-based connections" wants three parts of each, with a user-assigned identity. */
export const wholeConnections: Rule = (infra) => {
  const { given } = appSettingsOf(infra);
  const parts = [...given.keys()].filter((name) => name.includes('__')).map((name) => name.split('__'));
  const connections = new Set(['AzureWebJobsStorage', ...parts.map(([connection]) => connection ?? '')]);
  return [...connections].flatMap((connection) => {
    const wanted = addresses[connection];
    if (!wanted) return [`${connection}: a connection that no function has`];
    const missing = [...wanted, 'credential', 'clientId'].filter((part) => !given.has(`${connection}__${part}`));
    const credential = given.get(`${connection}__credential`) ?? [];
    const isManaged = credential.every((value) => textsOf(infra, value).every((text) => text === 'managedidentity'));
    return [
      ...missing.map((part) => `${connection}__${part} is missing`),
      ...(isManaged ? [] : [`${connection}__credential: write managedidentity`]),
      ...(given.has(connection) ? [`${connection} is a connection string: leave it to the identity`] : []),
    ];
  });
};

/** Ids of Azure's built-in roles ("Azure built-in roles"). */
export const builtInRoles = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
  'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb',
} as const;

/** Needed only where events come in by Event Grid or Event Hubs, or go out by a topic. */
export const eventRoles = {
  'Storage Queue Data Message Sender': 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a',
  'EventGrid Data Sender': 'd5a91429-5739-47e2-a06b-3470a27159e7',
  'Azure Event Hubs Data Receiver': 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde',
} as const;

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

export const rolesGranted: Rule = ({ files }) => {
  const named = new Set(files.flatMap(({ text }) => text.match(guid) ?? []));
  return Object.entries(builtInRoles)
    .filter(([, id]) => !named.has(id))
    .map(([role, id]) => `${role} (${id}) is granted to nobody`);
};

/** A role is one that is known here, so that nothing like Owner or Contributor slips in. */
export const noOtherRoles: Rule = ({ files }) => {
  const known: ReadonlySet<string> = new Set([...Object.values(builtInRoles), ...Object.values(eventRoles)]);
  return files
    .filter(({ resources }) => resources.some(({ type }) => type === 'Microsoft.Authorization/roleAssignments'))
    .flatMap(({ path, text }) =>
      (text.match(guid) ?? [])
        .filter((id) => !known.has(id))
        .map((id) => `${path}: ${id} is no role that is known here`),
    );
};

/** A role for the group or the subscription is one for what comes there tomorrow. */
export const scopedRoles: Rule = (infra) =>
  resourcesOf(infra, 'Microsoft.Authorization/roleAssignments').flatMap(({ file, item }) => {
    const place = placeOf(file, item);
    const scope = memberNamed(item.body, 'scope');
    const symbols = file.resources.map(({ symbol }) => symbol);
    const isResource = scope && within(scope).some((part) => part.kind === 'name' && symbols.includes(part.name));
    const kinds = valuesAt(infra, bodyMeant(infra, file, item), ['properties', 'principalType']);
    const role = valuesAt(infra, bodyMeant(infra, file, item), ['properties', 'roleDefinitionId']);
    return [
      ...(isResource
        ? []
        : [`${place}: scope is ${scope ? (keyText(scope) ?? scope.source) : 'not set'}: name a resource of this file`]),
      ...(kinds.every((kind) => kind && textsOf(infra, kind).includes('ServicePrincipal'))
        ? []
        : [`${place}: write principalType 'ServicePrincipal': a new identity is not known everywhere at once`]),
      ...(role.every((value) => value) ? [] : [`${place}: names no role`]),
    ];
  });
