/** The last line: all figures, for programs. */
import type { ContenderName } from '../contenders.ts';
import type { Figures } from '../measure/figures.ts';

/** Ours at the top, the others under `peers`. One line of JSON. */
export const resultLine = (
  ours: Figures,
  peers: Readonly<Partial<Record<ContenderName, Figures>>>,
  settings: { readonly processes: number; readonly seed: number },
): string => JSON.stringify({ ...ours, ...settings, peers });
