import type { Clock } from '../../../clock.ts';
import { eventLines } from '../../host/command/eventLines.ts';
import type { HostEvent } from '../../host/hostEvent.ts';
import type { StackEvent } from '../stackOptions.ts';
import type { Paint } from './paint.ts';

export interface CallLines {
  tell(event: StackEvent): void;
  /** From here on all is printed; before, while parts start, only what went wrong. */
  open(): void;
  close(): void;
}

/** Prints a stack's events: a line per call with its time, and below it what functions log. */
export const callLines = (print: (line: string) => void, paint: Paint, clock: Clock): CallLines => {
  let isOpen = false;
  let current: StackEvent | undefined;
  const write = eventLines((line) => {
    if (current?.kind !== 'host' || !(isOpen || isTrouble(current.event))) return;
    const host = current.number === 1 ? '' : ` host ${current.number}`;
    print(`${paint('dim', timeOf(clock) + host)} ${painted(line, current.event, paint)}`);
  });
  return {
    tell(event) {
      current = event;
      if (event.kind === 'host') write(event.event);
    },
    open() {
      isOpen = true;
    },
    close() {
      isOpen = false;
    },
  };
};

const isTrouble = (event: HostEvent): boolean =>
  event.kind === 'workerFailed' || (event.kind === 'log' && ['warning', 'error', 'critical'].includes(event.level));

const painted = (line: string, event: HostEvent, paint: Paint): string => {
  if (event.kind !== 'request') return isTrouble(event) ? paint('yellow', line) : line;
  if (event.status < 400) return line;
  return paint(event.status < 500 ? 'yellow' : 'red', line);
};

const timeOf = (clock: Clock): string => new Date(clock.wall()).toTimeString().slice(0, 8);
