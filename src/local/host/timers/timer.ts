import type { Invocation, RegisteredFunction } from '../invoker.ts';
import { triggerOfType } from '../triggerOf.ts';
import { type Environment, resolveSettings } from '../triggers/appSettings.ts';
import { type RetryPolicy, retryPolicy } from './retryPolicy.ts';
import { parseSchedule, type Schedule } from './schedule.ts';
import { type ScheduleStatus, statusJson } from './scheduleStatus.ts';

/** A function with a timer trigger, its settings resolved. */
export interface Timer {
  readonly functionName: string;
  /** What the function's argument is called. */
  readonly bindingName: string;
  readonly schedule: Schedule;
  /** Its status outlives the host, so that a missed run is noticed. */
  readonly isMonitored: boolean;
  readonly runOnStartup: boolean;
  readonly retry: RetryPolicy | undefined;
}

/** The timer of a function; `undefined` where it has another trigger. @throws when its settings are wrong */
export const timerOf = (one: RegisteredFunction, environment: Environment, random: () => number): Timer | undefined => {
  const found = triggerOfType(one, 'timerTrigger');
  if (!found) return undefined;
  const { name: bindingName, binding } = found;
  const schedule = parseSchedule(resolveSettings(String(binding.schedule ?? ''), environment));
  if (schedule.kind === 'wrong') throw new Error(schedule.message);
  return {
    functionName: one.name,
    bindingName,
    schedule,
    isMonitored: binding.useMonitor !== false && !schedule.isFrequent,
    runOnStartup: binding.runOnStartup === true,
    retry: retryPolicy(one.retryOptions, random),
  };
};

/** A run of a timer as the programming model takes it, which turns the names to camelCase. */
export const timerInvocation = (timer: Timer, status: ScheduleStatus, isPastDue: boolean): Invocation => {
  const json = JSON.stringify({
    Schedule: { AdjustForDST: timer.schedule.adjustsForDst },
    ScheduleStatus: timer.isMonitored ? statusJson(status) : null,
    IsPastDue: isPastDue,
  });
  return {
    functionName: timer.functionName,
    inputData: [{ name: timer.bindingName, data: { json } }],
    triggerMetadata: {},
  };
};
