import type { MachineRow } from '../composing/machineRow.ts';
import { fieldsOf, lineOf } from './line.ts';

export const writeMachine = (machine: MachineRow): string => {
  const { id, build, architecture } = machine;
  return lineOf([
    id,
    build,
    architecture,
    flagNames.reduce((sum, name, bit) => sum + (machine[name] ? 1 << bit : 0), 0),
  ]);
};

export const readMachine = (line: string): MachineRow => {
  const [id = '', build, architecture, flags] = fieldsOf(line);
  const has = (bit: number): boolean => (Number(flags) & (1 << bit)) !== 0;
  return {
    id,
    build: build ? Number(build) : null,
    architecture: architecture || null,
    isWatched: has(0),
    isMobile: has(1),
    isImpaired: has(2),
    sendsNoData: has(3),
  };
};

/** In the order of their bits. */
const flagNames = ['isWatched', 'isMobile', 'isImpaired', 'sendsNoData'] as const;
