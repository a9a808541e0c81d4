/** How long a fresh process takes until the bundle is loaded, against the smallest app that says something. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../src/clock.ts';
import { environment } from '../../../src/settings.ts';
import { appFolder } from '../apps/appFolder.ts';
import { inTurns } from '../client/turns.ts';
import { ratioOf, spreadOf } from '../report/statistics.ts';
import { numbers } from '../report/words.ts';
import type { Measure, Measuring } from './measure.ts';

const warmUps = 3;

export const load: Measure = async (measuring) => {
  const { appRoot, effort, print } = measuring;
  const hello = await appFolder(appRoot, 'hello');
  const gatewayOnce = () => loadOnce(measuring, appRoot);
  const helloOnce = () => loadOnce(measuring, hello);
  await inTurns(warmUps, gatewayOnce, helloOnce);
  const { a, b } = await inTurns(effort.loads, gatewayOnce, helloOnce);
  const ratio = ratioOf(a, b);
  const figures = {
    node: await versionOf(effort.node),
    milliseconds: spreadOf(a),
    helloMilliseconds: spreadOf(b),
    ratio,
  };
  print(`loading the bundle in a fresh process, Node ${figures.node}: ${numbers(figures.milliseconds, 0)} ms`);
  print(`  hello world: ${numbers(figures.helloMilliseconds, 0)} ms; ratio ${numbers(ratio, 2)}`);
  return { loadVsHello: ratio.median, load: figures };
};

/** Milliseconds from the start of the process to its end. @throws with what it said when it did not load the app */
const loadOnce = ({ built, effort, appRoot, signal }: Measuring, app: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const env = { PATH: environment().PATH, ...sampleSettings(appRoot) };
    const started = systemClock.monotonic();
    const child = spawn(effort.node, [join(built, 'economyLoad.mjs'), app], {
      env,
      signal,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.once('error', reject);
    let milliseconds = 0;
    child.once('exit', () => {
      milliseconds = systemClock.monotonic() - started;
    });
    child.once('close', (code) => {
      if (code === 0) resolve(milliseconds);
      else reject(new Error(`${app} was not loaded: ${said.trim()}`));
    });
  });

/** What a person who tries the app on one machine sets. */
const sampleSettings = (appRoot: string): Record<string, string> =>
  JSON.parse(readFileSync(join(appRoot, 'local.settings.sample.json'), 'utf8')).Values;

const versionOf = (node: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(node, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.once('error', reject);
    child.once('close', () => resolve(said.trim().replace(/^v/, '')));
  });
