import type { Log, LogFields } from '../../log.ts';
import type { HostLog } from './hostEvent.ts';
import type { LogLevel } from './protocol.ts';

/** The log of the triggers, as events of the host. */
export const triggerLog = (log: HostLog): Log => {
  const write =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      const { functionName, ...others } = fields;
      const told = Object.entries(others).map(([name, value]) => `; ${name}: ${value}`);
      const named = typeof functionName === 'string' ? { functionName } : {};
      log({ kind: 'log', level, category: 'system', message: message + told.join(''), ...named });
    };
  return { info: write('information'), warn: write('warning'), error: write('error') };
};
