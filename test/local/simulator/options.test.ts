import { startSimulator } from '../../../src/local/simulator/simulator.ts';
import { asking } from './support/asking.ts';

describe('starting the simulator', () => {
  it('says what to do when its port is taken', async () => {
    const first = await asking();
    const port = Number(new URL(first.url).port);
    await expect(startSimulator({ port })).rejects.toThrow(
      `port ${port} is taken; stop what uses it, or give --port 0 for a free one`,
    );
    await first.stop();
  });

  it('frees its port when it stops, and may be stopped twice', async () => {
    const first = await asking();
    const port = Number(new URL(first.url).port);
    await Promise.all([first.stop(), first.stop()]);
    const second = await startSimulator({ port, machines: 1 });
    await second.stop();
    expect(second.url).toBe(first.url);
  });

  it.each([{ machines: -1 }, { machines: 1.5 }, { alerts: 100_001 }, { asOf: 'yesterday' }])(
    'refuses %j',
    async (options) => {
      await expect(startSimulator({ port: 0, ...options })).rejects.toThrow(Object.keys(options)[0]);
    },
  );

  it('points links and contexts to where it was told', async () => {
    const defender = await asking({ defenderBase: 'http://127.0.0.1:1', machines: 5, pageSize: 2 });
    const { body } = await defender.get('/api/machines');
    await defender.stop();
    expect(body['@odata.context']).toBe('http://127.0.0.1:1/api/$metadata#Machines');
    expect(body['@odata.nextLink']).toBe('http://127.0.0.1:1/api/machines?$skip=2');
  });
});
