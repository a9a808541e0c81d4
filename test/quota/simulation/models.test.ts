import { endCommands } from '../../support/builtCommand.ts';
import { simulated } from './support/simulated.ts';

afterAll(endCommands);

describe('three hours of full load', () => {
  it.each([
    ['in an exact log', 'rolling', 0],
    ['in windows from one full minute and hour to the next', 'fixed', 0],
    ['in windows that begin elsewhere', 'shifted', 0],
    ['with a token bucket', 'bucket', 0],
    ['with two counters that only approximate', 'approximated', 0.005],
  ])(
    'are not refused by an upstream that counts %s',
    async (_how, model, most) => {
      const { exitCode, figures } = await simulated('--hours', '3', '--processes', '4', '--model', model);
      const { refusedUpstreamShare, utilisation } = figures as { refusedUpstreamShare: number; utilisation: number };
      expect(exitCode).toBe(0);
      expect(refusedUpstreamShare).toBeLessThanOrEqual(most);
      expect(utilisation).toBeGreaterThan(0.95);
    },
    120_000,
  );
});
