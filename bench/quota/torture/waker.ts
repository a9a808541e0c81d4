import { spawn } from 'node:child_process';

/**
 * Wakes a frozen process when this one is gone, however it went: one that stands still does not see that, and would stay for
 * ever. It is a shell that waits for the end of its input.
 */
export interface Waker {
  /** The one that is to be woken; one at a time. */
  watch(pid: number): void;
  end(): void;
}

const script = 'while read -r pid; do frozen=$pid; done; [ -z "$frozen" ] || kill -CONT "$frozen"';

export const startWaker = (): Waker => {
  // Detached: a Ctrl-C in the terminal is not for it.
  const shell = spawn('sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  // Without a shell there is no waking; whoever is frozen is continued in time all the same.
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  return {
    watch: (pid) => void shell.stdin.write(`${pid}\n`),
    end: () => void shell.stdin.end(),
  };
};
