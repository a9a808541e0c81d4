/** What is logged, and by whom it is to be seen. */
import fc from 'fast-check';
import { readSettings } from '../../../../src/settings.ts';
import type { Trace } from '../../../../src/trace.ts';
import { type AlertRule, seen } from './alertRules.ts';

export const trace = (requestId: string): Trace => ({
  requestId,
  traceId: '0123456789abcdef0123456789abcdef',
  flags: '01',
});

/** The rules that see a line of the log, by name. */
export const seersIn = (rules: readonly AlertRule[], Message: string): readonly string[] =>
  Object.keys(seen(rules, { table: 'AppTraces', row: { Message } })).sort();

/** Of all that the code logs, what each rule is for; nothing else may be seen by any. */
export const watched: Readonly<Record<string, readonly string[]>> = {
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
export const seersOfMessage = (message: string) =>
  Object.keys(watched).filter((name) => watched[name]?.includes(message));

/** What somebody writes who knows the rules. */
export const bait = fc
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

export const settingsFault = (): string => {
  try {
    readSettings({ DEFENDER_CLOUD: 'moon' });
  } catch (fault) {
    return (fault as Error).message;
  }
  throw new Error('these settings are right');
};
