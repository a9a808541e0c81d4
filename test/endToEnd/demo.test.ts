import { join } from 'node:path';
import { runDemo } from '../../src/local/demo/runDemo.ts';
import type { Scene } from '../../src/local/demo/scene.ts';
import { plain } from '../../src/local/stack/command/paint.ts';
import { environment } from '../../src/settings.ts';
import { endCommands, runBuilt } from '../support/builtCommand.ts';

afterAll(endCommands);

describe('npm run demo', () => {
  it('shows every scene, finds all as it should be, and exits 0', async () => {
    const demo = runBuilt('demo', []);
    expect([await demo.ended, ...demo.lines.filter((line) => /✗|expected/.test(line))]).toEqual([0]);
    expect(demo.lines.at(-1)).toBe('All as it should be.');
    expect(demo.lines.filter((line) => / \d+ of \d+ +[\d.]+ s$/.test(line))).toHaveLength(6);
    expect(demo.lines.join('\n')).toMatch(/120 calls in one moment[\s\S]*\d+ told to come back after \d+ to \d+ s/);
  }, 60_000);
});

describe('a demonstration', () => {
  const play = async (scene: Scene) => {
    const lines: string[] = [];
    const isGood = await runDemo({
      appRoot: process.cwd(),
      workerPath: join(process.cwd(), '.build/worker.mjs'),
      environment: environment(),
      scenes: [scene],
      print: (line) => lines.push(line),
      paint: plain,
    });
    return { isGood, lines };
  };

  it('fails with the reason when something is not as it should be', async () => {
    const observation = { did: 'GET /nowhere', saw: '404', wrong: 'status 200' };
    const { isGood, lines } = await play({ title: 'A wrong turn', play: async () => [observation] });
    expect(isGood).toBe(false);
    expect(lines.slice(-2)).toEqual([
      'Not as it should be:',
      '  A wrong turn: GET /nowhere: expected status 200; saw 404',
    ]);
  });

  it('fails with the reason when a scene breaks off', async () => {
    const { isGood, lines } = await play({
      title: 'A quarrel',
      play: () => Promise.reject(new Error('the line is dead')),
    });
    expect(isGood).toBe(false);
    expect(lines.at(-1)).toBe('  A quarrel: play the scene: expected to come to its end; saw the line is dead');
  });
});
