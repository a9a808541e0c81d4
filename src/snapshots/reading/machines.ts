/** The machines of a run, all or those that require attention. */
import type { KeptState } from '../keptState.ts';
import type { Run } from '../run.ts';
import { type FleetParts, statesIn } from './fleet.ts';
import { type MachineRow, machineRow } from './machineRow.ts';
import { type PageWish, printPlace, readPage, readPlace, start } from './pager.ts';
import { propertiesOf, readProperties } from './properties.ts';
import { lostPlace, type Refusal, refused } from './refusal.ts';
import { createRunFinder, type FoundRun, type Index, notTooOld } from './runFinder.ts';

export interface MachinesQuestion {
  /** A run's name, or `latest`. */
  readonly run: string;
  /** An instant; only with `latest`. */
  readonly asOf?: string | undefined;
  /** Properties with commas between: machines of which any of them requires attention. `any` and `*` are all properties. */
  readonly requires?: string | undefined;
  /** `next` of the page before. */
  readonly position?: string | undefined;
  readonly top: number;
}

export interface MachinesPage {
  readonly kind: 'page';
  readonly run: Run;
  readonly rows: readonly MachineRow[];
  /** Of all pages; undefined where that is not known. */
  readonly count: number | undefined;
  readonly next: string | undefined;
}

export type Parts = FleetParts & { readonly index: Index };

export const readMachines = async (
  parts: Parts,
  question: MachinesQuestion,
  isOver: PageWish['isOver'],
): Promise<MachinesPage | Refusal> => {
  const found = await runOf(parts.index, question);
  if (found.kind === 'refused') return found;
  const { run } = found;
  const wanted = readWanted(question.requires, run);
  if (wanted.kind === 'refused') return wanted;
  const place = question.position === undefined ? start : readPlace(question.position, parts.buckets);
  if (place === undefined) return lostPlace();
  const page = await pageOfFleet(parts, { run, place, isWanted: wanted.isWanted }, { top: question.top, isOver });
  const still = await notTooOld(parts.index, run, '');
  if (still.kind === 'refused') return still;
  const next = page.next && printPlace(page.next);
  return { kind: 'page', run, rows: page.items.map(machineRow), count: wanted.count, next };
};

interface FleetQuestion {
  readonly run: Run;
  readonly place: typeof start;
  readonly isWanted: (kept: KeptState) => boolean;
}

/** A page of what was kept at the end of a run. */
export const pageOfFleet = (parts: FleetParts, { run, place, isWanted }: FleetQuestion, wish: PageWish) =>
  readPage(
    {
      buckets: parts.buckets,
      expected: run.counts.machines,
      place,
      read: async (stretch) => {
        const states = await statesIn(parts, stretch, run.id);
        return states.map(({ bucket, items }) => ({ bucket, items: items.filter(isWanted) }));
      },
      idOf: ({ state }) => state.id,
    },
    wish,
  );

const runOf = async (index: Index, { run, asOf }: MachinesQuestion): Promise<FoundRun> => {
  const runs = createRunFinder(index);
  if (asOf === undefined) return runs.readable(run);
  if (run.toLowerCase() === 'latest') return runs.asOf(asOf);
  return refused(400, `asOf: it can't be asked of run ${run}, which is of one instant; ask it of latest`);
};

type Wanted = {
  readonly kind: 'wanted';
  readonly isWanted: (kept: KeptState) => boolean;
  readonly count: number | undefined;
};

const readWanted = (requires: string | undefined, { counts }: Run): Wanted | Refusal => {
  if (requires === undefined) return { kind: 'wanted', isWanted: () => true, count: counts.machines };
  if (requires === '*' || requires.toLowerCase() === 'any') {
    const isWanted = ({ state }: KeptState) => state.propertiesRequireAttention.length > 0;
    return { kind: 'wanted', isWanted, count: counts.requireAttention };
  }
  const read = readProperties('requires', requires, propertiesOf(Object.keys(counts.attention)));
  if (read.kind === 'refused') return read;
  const wanted = new Set(read.properties);
  const [one = '', ...others] = wanted;
  return {
    kind: 'wanted',
    isWanted: ({ state }) => state.propertiesRequireAttention.some((property) => wanted.has(property)),
    count: others.length === 0 ? (counts.attention[one] ?? 0) : undefined,
  };
};
