/** Which source is asked: the preview as long as it is served, what is composed otherwise (`SECURITY_STATES_SOURCE`). */
import type { Clock } from '../../clock.ts';
import type { Defender } from '../../defender/client.ts';
import type { RunIndex } from '../runIndex.ts';
import type { SourceName } from '../securityState.ts';
import type { Sources } from '../source.ts';
import { composedSource } from './composed.ts';
import { previewSource } from './preview.ts';

export interface SourcesOptions {
  readonly defender: Pick<Defender, 'ask'>;
  /** What all processes know. */
  readonly notes: Pick<RunIndex, 'note' | 'keepNote'>;
  readonly setting: 'auto' | SourceName;
  /** Machines that are asked for at a time, at most 10,000 ("List machines API"). */
  readonly pageSize?: number;
  /** Days after which a report of antivirus counts no more. */
  readonly staleDays: number;
  readonly clock: Pick<Clock, 'wall' | 'monotonic'>;
  /** Rows of the last page that are asked for again, to see what came and went meanwhile. */
  readonly overlap?: number;
}

/** How long the preview is not asked once it was not served. */
const awayMs = 24 * 3600 * 1000;

export const createSources = ({
  notes,
  setting,
  pageSize = 10_000,
  overlap = 50,
  ...options
}: SourcesOptions): Sources => {
  const { clock } = options;
  const sources = { preview: previewSource(options), composed: composedSource({ ...options, pageSize, overlap }) };

  const isAway = async (): Promise<boolean> => {
    const { until } = (await notes.note('source')) ?? {};
    const leftMs = Date.parse(String(until)) - clock.wall();
    return leftMs > 0 && leftMs <= awayMs;
  };

  return {
    async choose() {
      if (setting !== 'auto') return sources[setting];
      return (await isAway()) ? sources.composed : sources.preview;
    },
    named: (name) => sources[name],
    async instead(status) {
      if (setting !== 'auto') return undefined;
      await notes.keepNote('source', { until: new Date(clock.wall() + awayMs).toISOString(), status });
      return sources.composed;
    },
  };
};
