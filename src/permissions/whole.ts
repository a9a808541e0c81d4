/** What the calls come to together: where security states come from, and whether the gateway can do its work. */
import type { CallReport, PermissionsReport } from './report.ts';

/** `SECURITY_STATES_SOURCE`. */
export type StatesSource = 'auto' | 'preview' | 'composed';

type States = PermissionsReport['securityStates'];

/** On these answers of the preview, states are composed instead, where the setting allows it. */
const goesOnComposed = [403, 404, 410];

export const statesOf = (calls: readonly CallReport[], setting: StatesSource): States => {
  const preview = calls.find(({ call }) => call === 'machineSecurityStates');
  if (preview?.verdict === 'ok') return { source: 'preview', message: 'They come from the preview.' };
  const isInstead = setting === 'auto' && goesOnComposed.includes(preview?.said?.status ?? 0);
  if (setting !== 'composed' && !isInstead) return { source: 'none', message: withoutPreview(setting) };
  const lists = ['listMachines', 'deviceAntivirus'].map((name) => calls.find(({ call }) => call === name));
  const missing = lists.filter((list) => list?.verdict !== 'ok');
  if (missing.length === 0)
    return { source: 'composed', message: 'They are composed of machines and reports of antivirus.' };
  return {
    source: 'none',
    message: withoutLists(missing.map((list) => list?.request.replace(/^.*\/\/[^/]*|\?.*$/g, '') ?? '')),
  };
};

const withoutPreview = (setting: StatesSource): string =>
  `The preview can't be asked, ${setting === 'auto' ? 'and did not say that it is not served' : 'and SECURITY_STATES_SOURCE=preview allows no other source'}: there are no security states and no snapshots.`;

const withoutLists = (paths: readonly string[]): string =>
  `They are composed of machines and reports of antivirus, and ${paths.join(' and ')} can't be read: there are no security states and no snapshots.${paths.includes('/api/machines') ? '' : ' All else works without.'}`;

/** Of what is needed: Defender's calls, and security states from somewhere. */
export const statusOf = (calls: readonly CallReport[], states: States): PermissionsReport['status'] => {
  const relayed = calls.filter(({ service, call }) => service === 'defender' && call !== 'deviceAntivirus');
  const works = relayed.filter(({ verdict }) => verdict === 'ok').length;
  if (works === relayed.length && states.source !== 'none') return 'ok';
  const isUntried = relayed.some(({ verdict }) => verdict === 'quotaSpent');
  return works > 0 || isUntried ? 'degraded' : 'failed';
};

export const messageOf = (status: PermissionsReport['status'], calls: readonly CallReport[]): string => {
  if (status === 'ok') return 'The gateway may do all that it is for.';
  const wrong = calls.filter(({ verdict }) => !['ok', 'notUsed', 'notServed'].includes(verdict));
  const verdicts = [...new Set(wrong.map(({ verdict }) => verdict))];
  const listed = verdicts.map(
    (each) =>
      `${each}: ${wrong
        .filter(({ verdict }) => verdict === each)
        .map(({ call }) => call)
        .join(', ')}`,
  );
  return `${status === 'failed' ? 'The gateway can do nothing' : 'Not everything works'}. ${listed.join('; ')}. Each call says what to do.`;
};
