import { logLine } from '../../src/log.ts';
import { infraOf, textsIn } from './support/bicep/infra.ts';
import { type AlertRule, alertRulesOf, readAlertRules, seen } from './support/kql/alertRules.ts';
import { loggedMessages, quotaLine, snapshotLine } from './support/kql/lines.ts';
import { seersIn, settingsFault, trace, watched } from './support/kql/watched.ts';

describe('a slip in an alert rule', () => {
  let right: unknown;
  beforeAll(async () => {
    right = await sightsOf(await readAlertRules());
  });

  it.each([
    ['hourUsed=(', 'hourUsed="('],
    ['hourLeft=(', 'minuteLeft=('],
    ['[^"]*refused=(', '[^"]*refuse=('],
    ["startswith 'Quota '\n| extend refused", "startswith 'Quotas '\n| extend refused"],
    ["'Snapshot failed '", "'Snapshot faild '"],
    ["'Snapshot incomplete '\n    or Message startswith 'Snapshot failed '", "'Snapshot failed '"],
    ["'^Snapshot complete( ", "'Snapshot complete( "],
    ["'The gateway failed'", "'The gateway fails'"],
    ["or Message startswith 'A request could not be parked'", ''],
    ["startswith 'The managed identity gave no token'", "has 'The managed identity gave no token'"],
    ['\'^Quota quota="[A-Za-z]+" [^"]*callers="[^"]*" ([^"]+)\', 1', "'(.+)', 1"],
    ['| where refused > 0', '| where refused > 30'],
    ["ResultCode in ('401', '403')", "ResultCode in ('401')"],
    [
      "Message = InnermostMessage)\n| where Message startswith 'The gateway",
      "Message = OuterMessage)\n| where Message startswith 'The gateway",
    ],
  ])('is seen by one of these tests: %j becomes %j', async (find, by) => {
    const ours = textsIn('infra', 'bicep');
    const text = ours['app/alerts.bicep'] ?? '';
    expect(text.split(find)).toHaveLength(2);
    const slipped = alertRulesOf(await infraOf({ ...ours, 'app/alerts.bicep': text.replace(find, () => by) }));
    expect(await sightsOf(slipped)).not.toEqual(right);
  });
});

/** Lines of each kind, with and without bait. */
const sightsOf = async (by: readonly AlertRule[]) => {
  const hostile = Object.values(watched).flat().join(' ');
  const lines = [
    ...Object.values(watched).flat(),
    ...loggedMessages.map((message) =>
      logLine(message, {}, trace(`${hostile} Quota quota="a" callers="b" hourUsed=9`)),
    ),
    await quotaLine(10, 33),
    `${await quotaLine(1, 25)} requestId="hourUsed=1 hourLeft=0"`,
    `Quota quota="a" calls=1 refused=0 callers="b" requestId="hourUsed=9 hourLeft=0"`,
    snapshotLine({ outcome: 'complete' }, trace('Snapshot complete untold=')),
    snapshotLine({ outcome: 'complete', untold: 'shut' }),
    snapshotLine({ outcome: 'incomplete' }),
    snapshotLine({ outcome: 'failed' }),
    logLine('A machine', {}, trace('Snapshot complete untold="x"')).replaceAll('\\"', '"'),
  ];
  const requests = ['401', '403', '500'].map((ResultCode) => ({
    ResultCode,
    Success: false,
    OperationName: 'machines',
  }));
  return [
    ...lines.map((line) => seersIn(by, line)),
    ...requests.map((row) => Object.keys(seen(by, { table: 'AppRequests', row }))),
    seen(by, {
      table: 'AppExceptions',
      row: { TimeGenerated: '', OuterMessage: 'Exception', InnermostMessage: settingsFault() },
    }),
  ];
};
