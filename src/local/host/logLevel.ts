import type { LogEntry } from './protocol.ts';

const levels = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'];

/** Whether `logging.logLevel` of host.json lets a line through: its longest category that fits decides. */
export const isLogged = (logLevels: Readonly<Record<string, string>>, entry: LogEntry): boolean => {
  const parts = categoryOf(entry).split('.');
  const categories = parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
  const least = [...categories, 'default'].map((category) => logLevels[category]).find((level) => level !== undefined);
  return levels.indexOf(entry.level) >= levels.indexOf((least ?? 'Information').toLowerCase());
};

const categoryOf = ({ functionName, category }: LogEntry): string => {
  if (functionName === undefined) return category === 'user' ? 'Host.Function.Console' : 'Worker';
  return category === 'user' ? `Function.${functionName}.User` : `Function.${functionName}`;
};
