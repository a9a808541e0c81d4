import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { startWaker } from '../../../bench/quota/torture/waker.ts';
import { until } from '../../support/until.ts';

const stateOf = (pid: number) => execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).trim();

describe('the waker', () => {
  it('wakes whoever is frozen when its parent is gone', async () => {
    const sleeper = spawn('sleep', ['60'], { stdio: 'ignore' });
    try {
      const pid = sleeper.pid ?? 0;
      const waker = startWaker();
      sleeper.kill('SIGSTOP');
      await until('it stands still', () => stateOf(pid).startsWith('T') || undefined);
      waker.watch(pid);
      waker.end();
      await until('it runs again', () => stateOf(pid).startsWith('S') || undefined);
      expect(sleeper.exitCode).toBeNull();
    } finally {
      sleeper.kill('SIGKILL');
      await once(sleeper, 'close');
    }
  });
});
