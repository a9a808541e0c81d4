/** Big pages one after the other: how much memory they leave behind in the process that runs the app, and in the host. */
import type { Weight } from '../process/messages.ts';
import { megabytes } from '../report/words.ts';
import { openStage, type Stage } from '../stage/stage.ts';
import { bigFleet, bigPage, isPage } from './bigPage.ts';
import { type Measure, type Measuring, wideLimits } from './measure.ts';

export const rss: Measure = async (measuring) => {
  const scene = { apps: [measuring.appRoot], machines: bigFleet, latencyMs: 1000, limits: wideLimits };
  const stage = await openStage(measuring, scene);
  try {
    return await weighPages(stage, measuring);
  } finally {
    await stage.stop();
  }
};

const weighPages = async ({ hosts: [host] }: Stage, { effort, print }: Measuring) => {
  if (!host) throw new Error('there is no host');
  const client = host.client(1);
  const ask = async () => isPage(await client.get('/api/machines?$top=10000', bigPage)).body.length;
  const bytes = await ask();
  const first = await host.weigh();
  for (let asked = 1; asked < effort.pagesInRow; asked += 1) await ask();
  const last = await host.weigh();
  const pages = (part: 'worker' | 'host') => (last[part].resident - first[part].resident) / bytes;
  print(`${effort.pagesInRow} pages of ${megabytes(bytes)}, memory after the first and the last:`);
  print(
    `  worker ${change(first.worker, last.worker)}: ${pages('worker').toFixed(2)} pages; host ${change(first.host, last.host)}`,
  );
  return {
    rssPages: pages('worker'),
    rss: { pages: effort.pagesInRow, pageBytes: bytes, hostPages: pages('host'), first, last },
  };
};

const change = (first: Weight, last: Weight): string => `${megabytes(first.resident)} and ${megabytes(last.resident)}`;
