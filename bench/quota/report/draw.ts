/** What was seen, as the drawing shows it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Limit } from '../../../src/quota/limits.ts';
import { drawing } from '../drawing/drawing.ts';
import type { PanelContent } from '../drawing/panel.ts';
import { fillOverTime } from '../measure/fillOverTime.ts';
import { violationsOf } from '../measure/rollingCount.ts';
import type { Conditions, Seen } from '../torture/torture.ts';

/** As many as can be told apart. */
const steps = 500;

/** Writes the drawing of these runs, ours first. */
export const draw = async (file: string, runs: readonly Seen[], conditions: Conditions): Promise<void> => {
  const { limits, processes, rhythm, seed } = conditions;
  const subtitle =
    `${processes} processes, one killed every ${rhythm.killEveryMs / 1000} s and one frozen every ${rhythm.freezeEveryMs / 1000} s; ` +
    `seed ${seed}. Ten times as fast as in life.`;
  const contents = runs.map((seen) => contentOf(seen, limits));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, drawing(contents, limits, subtitle));
};

const contentOf = ({ contender, milliseconds, arrivals, happened }: Seen, limits: readonly Limit[]): PanelContent => {
  const instants = arrivals.map(({ at }) => at);
  const violations = violationsOf(instants, limits);
  return {
    title: contender.title,
    verdict: `${instants.length} calls, ${violations} over the limit`,
    isBroken: violations > 0,
    milliseconds,
    fills: limits.map((limit) => fillOverTime(instants, limit, milliseconds, milliseconds / steps)),
    happened,
  };
};
