/** What a finding means and what to do about it, in sentences for whoever runs the gateway. */
import type { Service } from '../defender/call.ts';
import { cloudOf } from '../defender/clouds.ts';
import { type Advice, type Case, claimsOf } from './case.ts';
import type { Finding } from './finding.ts';
import { missingRole } from './missingRole.ts';

export const adviceOn = (about: Case): Advice => advices[about.finding.verdict](about);

const serviceNames: Readonly<Record<Service, string>> = { defender: 'Defender', securityStates: 'Graph' };
const settingsOf = {
  defender: { host: 'DEFENDER_BASE_URL', scope: 'DEFENDER_SCOPE' },
  securityStates: { host: 'SECURITY_STATES_BASE_URL', scope: 'SECURITY_STATES_SCOPE' },
} as const;

const wrongAudience = ({ call, held, app }: Case): Advice => {
  const audience = claimsOf(held)?.audience ?? 'something that it does not say';
  const { defenderScope, graph } = cloudOf(app.cloud, undefined);
  const right = call.service === 'defender' ? defenderScope : `${graph}/.default`;
  return {
    message: `The token is for ${audience}, and ${serviceNames[call.service]} takes none for that here.`,
    fix: `Remove the setting ${settingsOf[call.service].scope}, or set it to ${right}, which is right for DEFENDER_CLOUD=${app.cloud}. It does not follow from the host.`,
  };
};

const notLicensed = ({ call, finding, held }: Case): Advice => ({
  message: `${serviceNames[call.service]} lets nobody in for this tenant: ${wordsOf(finding)}.`,
  fix: `No role helps. Set up Defender for Endpoint in the tenant ${claimsOf(held)?.tenantId ?? 'of the identity'} (security.microsoft.com), with a licence that is in force; where it is set up, the identity belongs to another tenant.`,
});

const unreachable = ({ call, host, finding }: Case): Advice => ({
  message: `${host} gave no answer that can be used: ${finding.reason ?? wordsOf(finding)}.`,
  fix: `Check ${settingsOf[call.service].host}, and that the app's network lets it out to ${host}. Where it was Defender's fault, ask again in a minute.`,
});

const spent = ({ finding }: Case): Advice => ({
  message: `It could not be tried now. ${finding.reason}`,
  fix: `Ask again in ${finding.retryAfterSeconds} s. GET /gateway/quota tells who spends it.`,
});

const closed = ({ finding }: Case): Advice => ({
  message: `It could not be tried now, because nothing may be sent: ${finding.reason}.`,
  fix: "Check that the identity has Storage Table Data Contributor on the gateway's storage account, and that the account can be reached.",
});

const withoutToken = ({ call, held, app }: Case): Advice => {
  const reason = held.kind === 'none' ? held.reason : '';
  const message = `There is no token for ${serviceNames[call.service]}: ${reason}.`;
  if (!/AADSTS500011|resource principal named/i.test(reason)) return { message, fix: checkIdentity };
  return {
    message,
    fix: `The tenant knows no such service: set up Defender for Endpoint first, and check ${settingsOf[call.service].scope} and DEFENDER_CLOUD=${app.cloud}.`,
  };
};

const checkIdentity =
  'Check that the identity is assigned to the function app, and that AZURE_CLIENT_ID is its client id.';

const notServed = ({ call, finding }: Case): Advice => ({
  message: `${call.path} is not served here (${wordsOf(finding)}).`,
  ...(call.service === 'securityStates'
    ? {}
    : { fix: 'Check DEFENDER_BASE_URL: another host of the cloud may have it.' }),
});

const refused = ({ call, finding }: Case): Advice => ({
  message: `${serviceNames[call.service]} refused the call in words that are not known: ${wordsOf(finding)}.`,
  fix: `Check ${settingsOf[call.service].host} and ${settingsOf[call.service].scope}; the words are ${serviceNames[call.service]}'s own.`,
});

const advices: Readonly<Record<Finding['verdict'], (about: Case) => Advice>> = {
  ok: ({ call }) => ({ message: `${serviceNames[call.service]} lets the gateway in.` }),
  roleMissing: missingRole,
  wrongAudience,
  notLicensed,
  unreachable,
  quotaSpent: spent,
  quotaUnavailable: closed,
  identityUnavailable: withoutToken,
  notServed,
  refused,
  notUsed: () => ({ message: 'SECURITY_STATES_SOURCE leaves it out.' }),
};

const wordsOf = ({ said }: Finding): string =>
  [said?.status, said?.code, said?.message]
    .filter((part) => part !== undefined && part !== '')
    .join(' ')
    .replace(/\.$/, '');
