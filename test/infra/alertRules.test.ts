import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { logLine, toldLine } from '../../src/log.ts';
import { readSettings } from '../../src/settings.ts';
import type { Trace } from '../../src/trace.ts';
import { infraOf, textsIn } from './support/bicep/infra.ts';
import { type AlertRule, alertRulesOf, readAlertRules, seen } from './support/kql/alertRules.ts';
import { leftMessages, loggedMessages, quotaLine, snapshotLine } from './support/kql/lines.ts';

let rules: readonly AlertRule[];
beforeAll(async () => {
  rules = await readAlertRules();
});

const trace = (requestId: string): Trace => ({ requestId, traceId: '0123456789abcdef0123456789abcdef', flags: '01' });
const seenIn = (Message: string, by = rules) => seen(by, { table: 'AppTraces', row: { Message } });
const seersOf = (line: string, by = rules) => Object.keys(seenIn(line, by)).sort();
const seersOfFault = (said: string) =>
  Object.keys(
    seen(rules, {
      table: 'AppExceptions',
      row: { TimeGenerated: '', OuterMessage: 'Exception while executing function', InnermostMessage: said },
    }),
  );

/** Of all that the code logs, what each rule is for; nothing else may be seen by any. */
const watched: Readonly<Record<string, readonly string[]>> = {
  'defender-refused': [
    'Defender refused a call (429): the quota is closed until it has answered a probe',
    'Defender refused a call that its own quota does not explain, but the calls of all quotas together do: set QUOTA_SCOPE=application',
  ],
  'ledger-lost': ['The quota ledger was lost or set back'],
  'storage-out-of-reach': [
    'The quota ledger could not be used',
    'The quota ledger could not be read again',
    'The state of the quotas could not be read',
    'Snapshots could not be read',
    'Alerts could not be reached in storage',
    'Alerts could not be recorded',
    'An operation could not be reached in storage',
    'A request could not be parked',
  ],
  'no-token': ['The managed identity gave no token'],
  'gateway-refused': ['Defender refused the gateway itself'],
  'poison-queue': [
    'A poison queue holds messages',
    'A message can not be taken, and is left',
    'A message that was given up names nothing',
    'A message that was given up names no operation',
  ],
  'given-up': [
    'An alert failed, because its message was given up too often',
    'An event can not be taken, and is kept',
    'A result was not delivered, and is given up',
    'An operation failed, because its message was given up too often',
  ],
  'gateway-failed': ['The gateway failed'],
};
const seersOfMessage = (message: string) => Object.keys(watched).filter((name) => watched[name]?.includes(message));

/** What somebody writes who knows the rules. */
const bait = fc
  .array(
    fc.oneof(
      fc.string(),
      fc.constantFrom(
        ...Object.values(watched).flat(),
        ...['Quota ', 'quota="a" ', 'callers="x" ', 'refused=99 ', 'hourUsed=1 hourLeft=0 ', 'hourLeft=999999 '],
        ...['Snapshot complete ', 'Snapshot incomplete ', 'Snapshot failed ', 'outcome="failed" ', ' untold="x"'],
        ...['\nQuota ', '\r\n', '"', '\\', ' ', '9 messages that were given up are left', 'The settings are wrong'],
        'Message has reached MaxDequeueCount',
      ),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

describe('an alert rule', () => {
  it('sees each line that it is for, and none that another is for', () => {
    const messages = [...new Set([...loggedMessages, ...Object.values(watched).flat()])];
    expect(messages.length).toBeGreaterThan(40);
    for (const message of messages)
      expect([message, ...seersOf(message)]).toEqual([message, ...seersOfMessage(message)]);
  });

  it('is for lines that the code logs', () => {
    const composed = watched['defender-refused']?.slice(1) ?? [];
    const messages = Object.values(watched).flat();
    expect(messages.filter((message) => !loggedMessages.includes(message))).toEqual(composed);
  });

  it('sees no more and no less of a line, whatever its caller wrote into x-request-id', () => {
    fc.assert(
      fc.property(fc.constantFrom(...loggedMessages), bait, bait, (message, requestId, text) => {
        const line = logLine(message, { text }, trace(requestId));
        expect(seersOf(line)).toEqual(seersOfMessage(message));
        const told = toldLine(`${message} ${inspect({ requestId, fault: text })}`, trace(requestId));
        expect(seersOf(told)).toEqual(seersOfMessage(message));
      }),
      { numRuns: 500 },
    );
  });

  it('sees the host give a message up', () => {
    expect(seersOf("Message has reached MaxDequeueCount of 5. Moving message to queue 'alerts-in-poison'.")).toEqual([
      'poison-queue',
    ]);
  });

  it.each(['', 'AggregateError: '])(
    'sees a sweep that leaves messages, and settings that are wrong: %j',
    async (kind) => {
      const failed = (said: string) => `Result: Failure\nException: ${kind}${said}\nStack: Error: ${said}`;
      expect(seersOfFault(failed(await leftMessages()))).toEqual(['poison-queue']);
      const wrong = settingsFault();
      expect(seersOfFault(failed(wrong))).toEqual(['gateway-failed']);
      expect(seersOfFault(failed(`Worker was unable to load entry point "dist/index.mjs": ${wrong}`))).toEqual([
        'gateway-failed',
      ]);
      expect(seersOf(`Error: Worker was unable to load entry point "dist/index.mjs": ${wrong}`)).toEqual([
        'gateway-failed',
      ]);
      expect(seersOf(wrong)).toEqual(['gateway-failed']);
    },
  );

  it('sees no fault in what a fault quotes', async () => {
    for (const said of [await leftMessages(), settingsFault(), ...Object.values(watched).flat()])
      expect(seersOfFault(`Result: Failure\nException: no alert "${said}"\nStack: ${said}`)).toEqual([]);
  });

  it.each([
    [
      'AppRequests answered with 500',
      { ResultCode: '500', Success: false, OperationName: 'machines' },
      'server-errors',
    ],
    ['without a role', { ResultCode: '403', Success: false, OperationName: 'machines' }, 'callers-unknown'],
    ['without a token', { ResultCode: '401', Success: false, OperationName: 'machines' }, 'callers-unknown'],
    ['by a timer that failed', { ResultCode: '0', Success: false, OperationName: 'sweepAlerts' }, 'background-failing'],
    ['that went well', { ResultCode: '200', Success: true, OperationName: 'machines' }, undefined],
    ['of a timer that went well', { ResultCode: '0', Success: true, OperationName: 'sweepAlerts' }, undefined],
    ['for what is not there', { ResultCode: '404', Success: false, OperationName: 'machines' }, undefined],
  ])('sees a request %s', (_, row, by) => {
    expect(Object.keys(seen(rules, { table: 'AppRequests', row }))).toEqual(by ? [by] : []);
  });
});

const settingsFault = (): string => {
  try {
    readSettings({ DEFENDER_CLOUD: 'moon' });
  } catch (fault) {
    return (fault as Error).message;
  }
  throw new Error('these settings are right');
};

it('there are as many alert rules as docs/operations.md counts', () => {
  const counted = [...readFileSync('docs/operations.md', 'utf8').matchAll(/\b(\d+) rules/g)].map(([, count]) =>
    Number(count),
  );
  expect(counted).toEqual([rules.length, rules.length]);
});

describe('the rules on quotas', () => {
  it.each([
    ['that is used little', 4, 0, []],
    ['that is used up', 10, 0, ['quota-nearly-spent']],
    ['that refuses few', 4, 20, []],
    ['that refuses many', 4, 21, ['callers-refused']],
    ['that is used up and refuses many', 9, 21, ['callers-refused', 'quota-nearly-spent']],
  ] as const)('see one %s as such, whatever is written behind', async (_, calls, refusals, by) => {
    const line = await quotaLine(calls, refusals);
    expect(seersOf(line)).toEqual(by);
    for (const row of Object.values(seenIn(line))) expect(row).toMatchObject({ quota: 'listMachines' });
    fc.assert(
      fc.property(bait, (requestId) => {
        expect(seersOf(`${line} requestId=${JSON.stringify(requestId)}`)).toEqual(by);
      }),
    );
  });

  it('tell how much is left, and how many were refused', async () => {
    const { 'quota-nearly-spent': left, 'callers-refused': refused } = seenIn(await quotaLine(9, 33));
    expect(left?.percentLeft).toBeCloseTo(10);
    expect(refused?.refused).toBe(33);
  });
});

describe('the rules on snapshots', () => {
  it.each([
    ['that is complete', { outcome: 'complete' }, ['snapshot-missing']],
    [
      'that is complete and not told',
      { outcome: 'complete', untold: 'shut' },
      ['snapshot-incomplete', 'snapshot-missing'],
    ],
    ['that is incomplete', { outcome: 'incomplete', reason: 'slips' }, ['snapshot-incomplete', 'snapshot-missing']],
    ['that failed', { outcome: 'failed', reason: 'no role' }, ['snapshot-incomplete']],
  ] as const)('see one %s as such, whatever is written behind', (_, ended, by) => {
    expect(seersOf(snapshotLine(ended))).toEqual(by);
    fc.assert(fc.property(bait, (requestId) => expect(seersOf(snapshotLine(ended, trace(requestId)))).toEqual(by)));
  });
});

describe('a slip in an alert rule', () => {
  let right: unknown;
  beforeAll(async () => {
    right = await sightsOf(rules);
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
    ...lines.map((line) => seersOf(line, by)),
    ...requests.map((row) => Object.keys(seen(by, { table: 'AppRequests', row }))),
    seen(by, {
      table: 'AppExceptions',
      row: { TimeGenerated: '', OuterMessage: 'Exception', InnermostMessage: settingsFault() },
    }),
  ];
};
