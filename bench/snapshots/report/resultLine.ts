import { heapMb, limit } from '../arguments.ts';
import type { Figures } from './figures.ts';

/** The last line: all figures, for programs, with three decimals. @param wrong what was not as it has to be */
export const resultLine = (figures: Figures, wrong: readonly string[]): string => {
  const faults = wrong.length > 0 ? { wrong } : {};
  return JSON.stringify({ ...figures, limits: limit, heapMb, node: process.versions.node, ...faults }, rounded);
};

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
