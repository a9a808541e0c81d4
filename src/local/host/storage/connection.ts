/**
 * The storage account that a binding's `connection` leads to: a connection string, or the address of a service for an identity, in settings
 * `<name>__queueServiceUri`, `<name>__credential` and `<name>__clientId` ("Tutorial: Use identity-based connections instead of secrets").
 */
import { type Environment, settingOf } from '../triggers/appSettings.ts';

export type Connection =
  | { readonly kind: 'string'; readonly text: string }
  /** `clientId` is of the user-assigned identity; without, the app's own. */
  | { readonly kind: 'identity'; readonly address: string; readonly clientId: string | undefined };

export type Service = 'blob' | 'queue';

/**
 * The account of a connection: under the name `AzureWebJobs<name>`, or else `<name>`; `AzureWebJobsStorage` where the binding names none.
 *
 * @throws when there is no such setting, naming it
 */
export const connectionOf = (given: unknown, service: Service, environment: Environment): Connection => {
  const name = typeof given === 'string' && given !== '' ? given : hostsOwn;
  const found = named(`AzureWebJobs${name}`, service, environment) ?? named(name, service, environment);
  if (found) return found;
  throw new Error(
    `the app setting ${name} is missing; give it a storage account's connection string, such as UseDevelopmentStorage=true, or set ${name}__${service}ServiceUri for an identity`,
  );
};

/** The account that the host keeps its own things in; undefined where none is set. */
export const hostsConnection = (service: Service, environment: Environment): Connection | undefined =>
  named(hostsOwn, service, environment);

const hostsOwn = 'AzureWebJobsStorage';

const named = (name: string, service: Service, environment: Environment): Connection | undefined => {
  const text = settingOf(environment, name);
  if (text) return { kind: 'string', text };
  const address = addressOf(name, service, environment);
  return address ? { kind: 'identity', address, clientId: clientIdOf(name, environment) } : undefined;
};

const addressOf = (name: string, service: Service, environment: Environment): string | undefined => {
  const account = settingOf(environment, `${name}__accountName`);
  const address = settingOf(environment, `${name}__${service}ServiceUri`);
  return address || (account && `https://${account}.${service}.core.windows.net`);
};

/** Where no credential is named, the platform goes through several, and the one of the managed identity takes `AZURE_CLIENT_ID`. */
const clientIdOf = (name: string, environment: Environment): string | undefined => {
  const credential = settingOf(environment, `${name}__credential`);
  const clientId = settingOf(environment, `${name}__clientId`) || undefined;
  if (!credential) return clientId ?? (settingOf(environment, 'AZURE_CLIENT_ID') || undefined);
  if (credential.toLowerCase() === 'managedidentity') return clientId;
  throw new Error(`the app setting ${name}__credential is ${credential}; here it can only be managedidentity`);
};
