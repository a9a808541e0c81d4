import type { CallReport, Verdict } from '../../src/permissions/report.ts';
import { messageOf, type StatesSource, statesOf, statusOf } from '../../src/permissions/whole.ts';

const report = (call: string, verdict: Verdict, status = 200): CallReport => ({
  call,
  verdict,
  request: `GET https://api.security.microsoft.com/api/${call}?$top=1`,
  service: call === 'machineSecurityStates' ? 'securityStates' : 'defender',
  rolesThatDo: [],
  rolesFrom: '',
  scope: '',
  said: { status },
  message: '',
});
const reports = (preview: CallReport, antivirus: Verdict = 'ok', machines: Verdict = 'ok') => [
  report('listMachines', machines),
  report('machine', machines),
  preview,
  report('deviceAntivirus', antivirus),
];
const preview = (verdict: Verdict, status?: number) => report('machineSecurityStates', verdict, status);

describe('where security states come from', () => {
  it.each<[StatesSource, CallReport, Verdict, string]>([
    ['auto', preview('ok'), 'roleMissing', 'preview'],
    ['auto', preview('notServed', 404), 'ok', 'composed'],
    ['auto', preview('roleMissing', 403), 'ok', 'composed'],
    ['auto', preview('roleMissing', 403), 'roleMissing', 'none'],
    ['auto', preview('refused', 401), 'ok', 'none'],
    ['auto', preview('unreachable', 503), 'ok', 'none'],
    ['preview', preview('notServed', 404), 'notUsed', 'none'],
    ['composed', preview('notUsed'), 'ok', 'composed'],
    ['composed', preview('notUsed'), 'unreachable', 'none'],
  ])('%s, with %j and antivirus %s: %s', (setting, said, antivirus, source) => {
    expect(statesOf(reports(said, antivirus), setting).source).toBe(source);
  });
});

describe('the whole', () => {
  const statusWith = (all: readonly CallReport[]) => statusOf(all, statesOf(all, 'auto'));

  it('is ok where each call is, and security states come from somewhere', () => {
    expect(statusWith(reports(preview('roleMissing', 403)))).toBe('ok');
  });

  it('is degraded where security states come from nowhere, or a call is not let in', () => {
    expect(statusWith(reports(preview('notServed', 404), 'roleMissing'))).toBe('degraded');
    expect(statusWith([...reports(preview('ok')), report('alertMachine', 'roleMissing')])).toBe('degraded');
  });

  it('has failed where no call of Defender is let in, but not where none could be tried', () => {
    expect(statusWith(reports(preview('ok'), 'roleMissing', 'roleMissing'))).toBe('failed');
    expect(statusWith(reports(preview('ok'), 'quotaSpent', 'quotaSpent'))).toBe('degraded');
  });

  it('says which calls have what', () => {
    const all = reports(preview('notServed', 404), 'unreachable', 'roleMissing');
    expect(messageOf('failed', all)).toBe(
      'The gateway can do nothing. roleMissing: listMachines, machine; unreachable: deviceAntivirus. Each call says what to do.',
    );
  });
});
