import { runBuilt } from '../../../support/builtCommand.ts';

/**
 * Runs `npm run bench:quota -- --simulate` as it is built: in a process of its own a run takes less than half the time that it takes among
 * the tests.
 */
export const simulated = async (...args: readonly string[]) => {
  const command = runBuilt('bench', ['--simulate', ...args]);
  const exitCode = await command.ended;
  const figures: unknown = JSON.parse(command.lines.at(-1) ?? 'null');
  return { exitCode, figures, wrong: command.lines.filter((line) => /^seed \d+:|^WRONG:/.test(line)) };
};
