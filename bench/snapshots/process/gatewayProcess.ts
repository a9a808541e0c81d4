/** The function's process: the gateway as it is composed in Azure, whose timers the bench fires. Its memory is what is measured. */
import { InvocationContext, type Timer } from '@azure/functions';
import { createGateway } from '../../../src/gateway.ts';
import { withoutProxy } from '../../../src/local/withoutProxy.ts';
import { environment, readSettings } from '../../../src/settings.ts';
import { being } from './being.ts';
import type { FromGateway, ToGateway } from './messages.ts';
import { profiling } from './profiling.ts';
import { recordWrites } from './recordWrites.ts';

Object.assign(environment(), withoutProxy(environment()));
const gateway = createGateway(readSettings(environment()));
const writes = recordWrites();
const profile = profiling();

const now: Timer = {
  isPastDue: false,
  schedule: { adjustForDST: false },
  scheduleStatus: { last: '', lastUpdated: '', next: '' },
};

const { tell } = being<ToGateway, FromGateway>(async (message) => {
  switch (message.kind) {
    case 'fire':
      await gateway.timerOf(message.timer)(now, new InvocationContext({ functionName: message.timer }));
      return { kind: 'isThrough', transactions: writes.taken() };
    case 'profile':
      await profile.begin();
      return { kind: 'profiles' };
    case 'endProfile':
      await profile.end(message.file);
      return { kind: 'profiled' };
    case 'weigh':
      return { kind: 'weighs', resident: process.memoryUsage.rss() };
  }
}, gateway.close);

tell({ kind: 'isReady' });
