import { join } from 'node:path';
import { startDemo } from '../../src/local/demo/demoCommand.ts';
import type { Scene } from '../../src/local/demo/scene.ts';
import { plain } from '../../src/local/stack/command/paint.ts';
import { isAlive } from '../../src/local/stack/isAlive.ts';
import { environment } from '../../src/settings.ts';
import { childrenOf, endCommands, runBuilt } from '../support/builtCommand.ts';

afterAll(endCommands);

describe('npm run demo', () => {
  it('shows every scene, finds all as it should be, and exits 0', async () => {
    const demo = runBuilt('demo', []);
    expect([await demo.ended, ...demo.lines.filter((line) => /✗|expected/.test(line))]).toEqual([0]);
    expect(demo.lines.at(-1)).toBe('All as it should be.');
    expect(demo.lines.filter((line) => / \d+ of \d+ +[\d.]+ s$/.test(line))).toHaveLength(12);
    expect(demo.lines.join('\n')).toMatch(/9 answers, 3 calls to Defender[\s\S]*40 right answers/);
    expect(demo.lines.join('\n')).toMatch(
      /17 alerts\n +\d calls? to Defender[\s\S]*17: defender\.gateway\.alert\.enriched/,
    );
    expect(demo.lines.join('\n')).toMatch(
      /22 newly require attention, 2 recovered, 2 appeared[\s\S]*\n {4}26 rows under/,
    );
    expect(demo.lines.join('\n')).toMatch(/120 calls in one moment[\s\S]*\d+ told to come back after \d+ to \d+ s/);
  }, 120_000);

  it('ends with all it started when it is told to, and does not call that good', async () => {
    const demo = runBuilt('demo', []);
    await demo.line(/calls of a kind/);
    const children = await childrenOf(demo);
    expect(children).toHaveLength(2);
    demo.child.kill('SIGTERM');
    expect(await demo.ended).toBe(1);
    expect(children.filter(isAlive)).toEqual([]);
    expect(demo.lines.join('\n')).not.toMatch(/Summary|✗/);
  });

  it.each([['--quick'], ['burst']])('refuses %s with exit code 2', async (argument) => {
    const demo = runBuilt('demo', [argument]);
    expect(await demo.ended).toBe(2);
    expect(demo.lines.join('\n')).toContain(argument);
  });

  it('says what it does', async () => {
    const demo = runBuilt('demo', ['--help']);
    expect(await demo.ended).toBe(0);
    expect(demo.lines[0]).toBe('npm run demo');
  });
});

describe('a demonstration', () => {
  const play = async (scene: Scene) => {
    const lines: string[] = [];
    const demo = await startDemo({
      appRoot: process.cwd(),
      workerPath: join(process.cwd(), '.build/worker.mjs'),
      environment: environment(),
      scenes: [scene],
      print: (line) => lines.push(line),
      paint: plain,
    });
    return { isGood: await demo.isGood, lines };
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
