/**
 * A page of 10,000 machines through the gateway, against the same call made of Defender itself, which takes a second for it: what the
 * way through the gateway costs, its turn in the quota included.
 */
import type { Client, Reply } from '../client/client.ts';
import { inTurns } from '../client/turns.ts';
import { ratioOf, type Spread, spreadOf } from '../report/statistics.ts';
import { megabytes, numbers } from '../report/words.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { bigFleet, bigPage, isPage } from './bigPage.ts';
import { type Measure, type Measuring, wideLimits } from './measure.ts';

export const page: Measure = async (measuring) => {
  const scene = { apps: [measuring.appRoot], machines: bigFleet, latencyMs: 1000, limits: wideLimits };
  const stage = await openStage(measuring, scene);
  try {
    return await compare(stage, measuring);
  } finally {
    await stage.stop();
  }
};

/** With `$top`, and as the first page of the whole fleet. */
const paths = { top: '/api/machines?$top=10000', plain: '/api/machines' } as const;

const compare = async (stage: Stage, { effort, print }: Measuring) => {
  const direct = stage.defender.client(1);
  const [gateway] = stage.hosts.map((host) => host.client(1));
  if (!gateway) throw new Error('there is no host');
  const compared: Record<string, Compared> = {};
  for (const [name, path] of Object.entries(paths)) {
    const one = await comparePages(stage, { gateway, direct }, path, effort.pages);
    compared[name] = one;
    print(
      `page of 10,000 (${megabytes(one.bytes)}), GET ${path}: ${numbers(one.milliseconds, 0)} ms, direct ${numbers(one.directMilliseconds, 0)} ms`,
    );
    print(`  ratio ${numbers(one.ratio, 3)}`);
  }
  // The worse of the two.
  return { pageVsDirect: Math.max(...Object.values(compared).map(({ ratio }) => ratio.median)), page: compared };
};

interface Compared {
  readonly bytes: number;
  readonly milliseconds: Spread;
  readonly directMilliseconds: Spread;
  readonly ratio: Spread;
}

const comparePages = async (
  stage: Stage,
  { gateway, direct }: { readonly gateway: Client; readonly direct: Client },
  path: string,
  times: number,
): Promise<Compared> => {
  const asked = async (client: Client): Promise<Reply> => isPage(await client.get(path, bigPage));
  await asked(direct);
  await asked(gateway);
  await stage.forgetArrivals();
  const { a, b } = await inTurns(
    times,
    () => asked(gateway),
    () => asked(direct),
  );
  const calls = await stage.arrivals();
  if (calls !== 2 * times) throw new Error(`${calls} calls went to Defender for ${2 * times} pages`);
  const [through, straight] = [a, b].map((replies) => replies.map(({ milliseconds }) => milliseconds));
  return {
    bytes: a[0]?.body.length ?? 0,
    milliseconds: spreadOf(through ?? []),
    directMilliseconds: spreadOf(straight ?? []),
    ratio: ratioOf(through ?? [], straight ?? []),
  };
};
