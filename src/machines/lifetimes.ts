/**
 * How long an answer counts as fresh. Defender says nothing of it. What is looked up for one machine changes by its daily report and by
 * what analysts do; a list is asked for to see what is there now, so it is fresh for a shorter time; that something is missing can be over
 * at any moment.
 */
import { calls, ownCalls } from '../defender/calls.ts';

/** Seconds, by the names of the calls; `absent` for what is not there. */
export type Lifetimes = Readonly<Record<string, number>>;

export const usualLifetimes: Lifetimes = {
  listMachines: 60,
  machine: 300,
  userMachines: 300,
  domainMachines: 300,
  alertMachine: 300,
  machineSecurityStates: 300,
  deviceAntivirus: 300,
  absent: 30,
};

const mostSeconds = 86_400;
const names = [...[...calls, ...ownCalls].map(({ name }) => name), 'absent'];

/**
 * Reads lifetimes as the setting has them; what it does not name keeps its usual one.
 *
 * @param text such as `machine=600,absent=0`
 * @throws Error that tells which piece is wrong and what would be right
 */
export const parseLifetimes = (text: string): Lifetimes => {
  const lifetimes: Record<string, number> = { ...usualLifetimes };
  for (const piece of text.split(',').map((each) => each.trim())) {
    const [, name = '', seconds = ''] = /^(\w+)=(\d{1,6})$/.exec(piece) ?? [];
    if (!names.includes(name) || Number(seconds) > mostSeconds || seconds === '') {
      throw new Error(
        `'${piece}' is not <call>=<seconds up to ${mostSeconds}>, such as machine=600; the calls are ${names.join(', ')}`,
      );
    }
    lifetimes[name] = Number(seconds);
  }
  return lifetimes;
};
