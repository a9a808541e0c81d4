/** A CPU profile of this process, for Chrome's developer tools. */
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';

export interface Profiling {
  begin(): Promise<void>;
  end(file: string): Promise<void>;
}

export const profiling = (): Profiling => {
  const session = new Session();
  return {
    async begin() {
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.start');
    },
    async end(file) {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      await writeFile(file, JSON.stringify(profile));
    },
  };
};
