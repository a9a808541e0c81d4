/** Plays az over a tenant that stands in a file, and notes what it was asked: `node fakeAz.mjs TENANT.json ARGUMENTS`. */
import { readFileSync, writeFileSync } from 'node:fs';

const [file, ...given] = process.argv.slice(2);
const tenant = JSON.parse(readFileSync(file, 'utf8'));

const stop = (says) => {
  save();
  process.stderr.write(`ERROR: ${says}\n`);
  process.exit(1);
};
const save = () => writeFileSync(file, JSON.stringify(tenant));
const option = (name) => (given.includes(name) ? given[given.indexOf(name) + 1] : undefined);
const refusal = (status, code, message) => stop(`${status}(${JSON.stringify({ error: { code, message } })})`);

/** Of JMESPath what the scripts use, each form written out. */
const forms = [
  [/^(\w+)$/, (value, name) => value?.[name]],
  [/^\[0\]\.(\w+)$/, (value, name) => value[0]?.[name]],
  [/^\[\?name=='(\w+)'\]\.value \| \[0\]$/, (value, name) => value.find((each) => each.name === name)?.value],
  [
    /^value\[\?resourceId=='([\w-]+)'\]\.appRoleId$/,
    ({ value }, id) => value.filter(({ resourceId }) => resourceId === id).map(({ appRoleId }) => appRoleId),
  ],
  [
    /^appRoles\[\?value=='([\w.]+)' && isEnabled && contains\(allowedMemberTypes, 'Application'\)\]\.id \| \[0\]$/,
    ({ appRoles }, name) => appRoles.filter(isForApplications).find(({ value }) => value === name)?.id,
  ],
  [
    /^join\(', ', sort\(appRoles\[\?isEnabled && contains\(allowedMemberTypes, 'Application'\)\]\.value\)\)$/,
    ({ appRoles }) =>
      appRoles
        .filter(isForApplications)
        .map(({ value }) => value)
        .sort()
        .join(', '),
  ],
];
const isForApplications = ({ isEnabled, allowedMemberTypes }) =>
  isEnabled && allowedMemberTypes.includes('Application');

const print = (value) => {
  const query = option('--query') ?? '';
  const [form, pick] = forms.find(([each]) => each.test(query)) ?? stop(`the fake knows no query ${query}`);
  const found = pick(value, form.exec(query)?.[1]);
  process.stdout.write(
    [found ?? []]
      .flat()
      .map((line) => `${line}\r\n`)
      .join(''),
  );
};

const graphHosts = {
  AzureCloud: ['graph.microsoft.com'],
  AzureUSGovernment: ['graph.microsoft.us', 'dod-graph.microsoft.us'],
};

const notFound = () =>
  refusal(
    'Not Found',
    'Request_ResourceNotFound',
    'Resource does not exist or one of its queried reference-property objects are not present.',
  );

const rest = () => {
  const { host, origin, pathname } = new URL(option('--url'));
  if (!graphHosts[tenant.cloud].includes(host) || option('--resource') !== `${origin}/`) stop(`no token for ${host}`);
  return option('--method') === 'post' ? post() : get(decodeURIComponent(pathname));
};

const get = (path) => {
  if (tenant.mayNot === 'read') denied();
  const [, byApp] = /^\/v1\.0\/servicePrincipals\(appId='(.*)'\)$/.exec(path) ?? [];
  const [, byId, assignments] = /^\/v1\.0\/servicePrincipals\/([\w-]+)(\/appRoleAssignments)?$/.exec(path) ?? [];
  const found = tenant.servicePrincipals.find(({ id, appId }) => (byApp ? appId === byApp : id === byId)) ?? notFound();
  print(assignments ? { value: tenant.assignments.filter(({ principalId }) => principalId === byId) } : found);
};

const post = () => {
  if (tenant.mayNot === 'grant') denied();
  const wanted = JSON.parse(option('--body'));
  const isSame = (each) => Object.entries(wanted).every(([name, value]) => each[name] === value);
  if (tenant.isAhead || tenant.assignments.some(isSame))
    refusal('Bad Request', 'Request_BadRequest', 'Permission being assigned already exists on the object');
  tenant.assignments.push(wanted);
};

const denied = () =>
  refusal('Forbidden', 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');

const settings = () => {
  const app = tenant.apps.find(({ name, group }) => name === option('--name') && group === option('--resource-group'));
  if (!app) stop("(ResourceNotFound) The Resource 'Microsoft.Web/sites' was not found.");
  print(app.clientId === undefined ? [] : [{ name: 'AZURE_CLIENT_ID', value: app.clientId }]);
};

const commands = {
  'cloud show': () => print({ name: tenant.cloud }),
  'account show': () => print({ tenantId: tenant.tenantId ?? stop("Please run 'az login' to setup account.") }),
  'resource list': () =>
    print(tenant.apps.filter(({ name }) => name === option('--name')).map(({ group }) => ({ resourceGroup: group }))),
  'functionapp config': settings,
  'functionapp identity': () =>
    print({ principalId: tenant.apps.find(({ name }) => name === option('--name')).principalId }),
};

tenant.asked.push(given.join(' '));
const says = tenant.faults.find(({ on }) => given.join(' ').includes(on))?.says;
if (says) stop(says);
if (given[0] === 'rest') rest();
else (commands[`${given[0]} ${given[1]}`] ?? (() => stop(`the fake knows no ${given[0]} ${given[1]}`)))();
save();
