import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { logLine, toldLine } from '../../src/log.ts';
import { type AlertRule, readAlertRules, seen } from './support/kql/alertRules.ts';
import { leftMessages, loggedMessages, quotaLine, snapshotLine } from './support/kql/lines.ts';
import { bait, seersIn, seersOfMessage, settingsFault, trace, watched } from './support/kql/watched.ts';

let rules: readonly AlertRule[];
beforeAll(async () => {
  rules = await readAlertRules();
});

const seenIn = (Message: string) => seen(rules, { table: 'AppTraces', row: { Message } });
const seersOf = (line: string) => seersIn(rules, line);
const seersOfFault = (said: string) =>
  Object.keys(
    seen(rules, {
      table: 'AppExceptions',
      row: { TimeGenerated: '', OuterMessage: 'Exception while executing function', InnermostMessage: said },
    }),
  );

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
