import type { LogEntry, LogLevel } from '../protocol.ts';
import type { LogCategory } from './coreContract.ts';
import type { WorkerApp } from './workerApp.ts';

/** The invocation that a line was written in, as log hooks may ask for it. */
export interface LogScope {
  readonly hookData: object;
  readonly invocationContext: unknown;
}

export interface WorkerLog {
  write(entry: LogEntry, scope?: LogScope): void;
  system(level: LogLevel, category: LogCategory, message: string): void;
}

/** Shows every line to the app's log hooks, which may change those of the app but not the worker's own, and sends it on. */
export const createWorkerLog = (app: WorkerApp, send: (entry: LogEntry) => void): WorkerLog => {
  const write = (entry: LogEntry, scope?: LogScope) => send(throughHooks(app, entry, scope));
  return {
    write,
    system: (level, category, message) => write({ level, category, message }),
  };
};

const throughHooks = (app: WorkerApp, entry: LogEntry, scope: LogScope | undefined): LogEntry => {
  const context = {
    level: entry.level,
    message: entry.message,
    category: entry.category,
    hookData: scope?.hookData ?? {},
    appHookData: app.appHookData,
    invocationContext: scope?.invocationContext,
  };
  try {
    for (const hook of app.hooks.log) hook(context);
  } catch {
    return entry; // a hook that throws must not silence the log
  }
  return entry.category === 'user' ? { ...entry, level: context.level, message: context.message } : entry;
};
