/** What is said of an alert, in a few words. */
import type { ShownAlert, ShownMachine } from './alertBody.ts';

/** `da639307748193743080_642241500 is wks-00241.fabrikam.com, 0 s old, by its machine id, 1 call` */
export const told = ({ alertId, state, reason, result, calls }: ShownAlert): string => {
  const machines = result?.data.machines ?? [];
  if (machines.length === 0) return `${state}: ${reason ?? alertId}`;
  return `${alertId} is on ${machines.map(machineTold).join(' and ')}; ${callsText(calls)}`;
};

const machineTold = ({ machine, ageSeconds, from, by }: ShownMachine): string =>
  `${machine.computerDnsName ?? machine.id} (${ageSeconds} s old, from ${from === 'cache' ? 'the cache' : 'Defender'}, by ${by === 'machineId' ? 'machine id' : 'alert id'})`;

export const callsText = (calls: number): string => `${calls} ${calls === 1 ? 'call' : 'calls'}`;
