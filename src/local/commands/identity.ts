import { parseArgs } from 'node:util';
import { runCommand, WrongArguments, wholeNumber } from '../command.ts';
import { startIdentity } from '../identity/identity.ts';

const help = `npm run identity -- --port N --header SECRET [--roles A,B] [--lifetime SECONDS] [--tenant ID] [--client ID]

The stand-in for an app's managed identity: App Service's token endpoint on this machine.

  --port N            0 for a free one (default 7073)
  --header SECRET     what callers must send as x-identity-header (default: local)
  --roles A,B         application roles in each token (default Machine.Read.All,Alert.Read.All)
  --lifetime SECONDS  1 to 86400 (default 86400)
  --tenant ID         tenant id in each token
  --client ID         give tokens to this user-assigned identity only

Point an app at it with IDENTITY_ENDPOINT=http://127.0.0.1:N/msi/token and IDENTITY_HEADER=SECRET.
GET /_identity/requests tells who asked; PUT /_identity changes roles, lifetimeSeconds and fail.`;

const start = async (args: readonly string[]) => {
  const options = { port: text, header: text, roles: text, lifetime: text, tenant: text, client: text };
  const { values } = parseArgs({ args: [...args], options });
  const lifetimeSeconds = wholeNumber('lifetime', values.lifetime, 1, 86_400);
  const identity = await startIdentity({
    port: wholeNumber('port', values.port, 0, 65_535) ?? 7_073,
    header: values.header ?? 'local',
    ...(values.roles !== undefined && { roles: rolesOf(values.roles) }),
    ...(lifetimeSeconds !== undefined && { lifetimeSeconds }),
    ...(values.tenant !== undefined && { tenantId: values.tenant }),
    ...(values.client !== undefined && { clientId: values.client }),
    log: console.log,
  });
  console.log(`identity: ${identity.url}`);
  return identity;
};

const text = { type: 'string' } as const;

const rolesOf = (list: string): string[] => {
  const roles = list.split(',').map((role) => role.trim());
  if (list !== '' && roles.includes('')) throw new WrongArguments(`--roles ${list}: write A,B without empty names`);
  return list === '' ? [] : roles;
};

await runCommand({ name: 'identity', help, start }, process.argv.slice(2));
