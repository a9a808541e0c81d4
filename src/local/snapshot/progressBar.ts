/** Draws how far a run is: on a terminal one line that changes, elsewhere a line for each step. */
import type { Clock } from '../../clock.ts';
import type { Paint } from '../stack/command/paint.ts';
import type { Progress } from './progress.ts';

export interface ProgressBar {
  show(progress: Progress): void;
  /** Leaves the terminal as it was; what is printed next begins a line. */
  end(): void;
}

export interface Output {
  /** Whether a line can be drawn over. */
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

const barWidth = 24;
/** Of a terminal that does not tell. */
const usualColumns = 80;
/** A log is not to be filled by a run of an hour. */
const plainEveryMs = 5_000;
/** Back to the line's begin, and nothing on it. */
const clearLine = '\r\u001b[2K';

export const createProgressBar = (output: Output, paint: Paint, clock: Clock): ProgressBar =>
  output.isTTY ? drawn(output, paint) : inLines(output, clock);

const drawn = (output: Output, paint: Paint): ProgressBar => {
  let last = '';
  return {
    show(progress) {
      const { doing, remark } = progress;
      const [head, bar] = [`${doing.padEnd(10)} `, barOf(progress.share)];
      const tail = ` ${progress.counted}${remark === undefined ? '' : `; ${remark}`}`;
      const room = Math.max(0, (output.columns || usualColumns) - 1 - head.length - bar.length);
      const line = `${clearLine}${head}${paint('green', bar)}${tail.slice(0, room)}`;
      if (line !== last) output.write(line);
      last = line;
    },
    end() {
      if (last !== '') output.write(clearLine);
      last = '';
    },
  };
};

const barOf = (share: number | undefined): string => {
  if (share === undefined) return `[${'·'.repeat(barWidth)}]     `;
  const full = Math.round(share * barWidth);
  return `[${'█'.repeat(full)}${'·'.repeat(barWidth - full)}] ${String(Math.floor(share * 100)).padStart(3)}%`;
};

const inLines = (output: Output, clock: Clock): ProgressBar => {
  let last = { text: '', key: '', at: 0 };
  return {
    show(progress) {
      const { doing, share, counted, remark } = progress;
      const percent = share === undefined ? '' : ` ${Math.floor(share * 100)}%`;
      const text = `${doing}${percent}: ${counted}${remark === undefined ? '' : `; ${remark}`}`;
      const key = `${doing} ${remark}`;
      const at = clock.monotonic();
      if (text === last.text || (key === last.key && at - last.at < plainEveryMs)) return;
      output.write(`${text}\n`);
      last = { text, key, at };
    },
    end() {},
  };
};
