/**
 * The staged lines of machines and of antivirus, joined by their ids. Of a fleet most machines are like many others but for their ids, so what
 * follows from the rest of two lines is worked out once for all that have the same: the time and the memory that it takes are those of the ids.
 */
import type { SecurityState } from '../securityState.ts';
import type { Composed, ComposeOptions, StagedLists } from '../source.ts';
import { newestAntivirus } from './composing/antivirusRow.ts';
import { composeState, type Judgement } from './composing/composeState.ts';
import { readAntivirus } from './staged/antivirusLine.ts';
import { readMachine } from './staged/machineLine.ts';

/** Lines by their ids, without these; of several machines the last. */
type Lines = Map<string, string>;

/** @param compose of the run whose lines these are */
export const join = (staged: StagedLists, { slipped }: Pick<ComposeOptions, 'slipped'>, compose: Compose): Composed => {
  const machines: Lines = new Map();
  let rows = 0;
  eachLine(staged.machines, (id, rest) => {
    rows += 1;
    machines.set(id, rest);
  });
  const reports = reportsOf(staged.antivirus);
  const isWhole = !slipped.includes('antivirus');
  const states: SecurityState[] = [];
  let leftOut = 0;
  for (const id of [...machines.keys()].sort()) {
    const machine = machines.get(id) ?? '';
    const report = reports.get(id);
    if (isWhole || report !== undefined || readMachine(id + machine).isMobile)
      states.push(compose(id, machine, report));
    else leftOut += 1;
  }
  return { states, duplicates: rows - machines.size, leftOut };
};

const reportsOf = (pages: readonly string[] | undefined): Lines => {
  const reports: Lines = new Map();
  eachLine(pages, (id, rest) => {
    const other = reports.get(id);
    reports.set(id, other === undefined ? rest : newest(id, other, rest));
  });
  return reports;
};

const newest = (id: string, one: string, other: string): string => {
  const rows = [readAntivirus(id + one), readAntivirus(id + other)];
  return newestAntivirus(rows) === rows[0] ? one : other;
};

/** An id has no character that would have to be escaped. The rest begins with the tab behind it. */
const eachLine = (pages: readonly string[] | undefined, tell: (id: string, rest: string) => void): void => {
  for (const page of pages ?? []) {
    for (let from = 0; from < page.length; ) {
      const found = page.indexOf('\n', from);
      const end = found < 0 ? page.length : found;
      const tab = page.indexOf('\t', from);
      tell(page.slice(from, tab), page.slice(tab, end));
      from = end + 1;
    }
  }
};

/** The state of a machine of which these are the lines. */
export type Compose = (id: string, machine: string, report: string | undefined) => SecurityState;

/** Likenesses that are remembered; more are a fleet in which machines are not like each other. */
const mostKnown = 20_000;

/** Remembers what machines are like: for one run, as what is too old is so as of its start. */
export const composing = (judgement: Judgement): Compose => {
  const freshSince = judgement.asOf - judgement.staleDays * millisecondsPerDay;
  const known = new Map<string, SecurityState>();
  return (id, machine, report) => {
    const like = machine + likeness(report, freshSince);
    const same = known.get(like);
    if (same) return withId(same, id);
    const antivirus = report === undefined ? undefined : readAntivirus(id + report);
    const state = copied(composeState(readMachine(id + machine), antivirus, judgement));
    if (known.size >= mostKnown) known.clear();
    known.set(copied(like), state);
    return state;
  };
};

/** A text that was cut out of a staged page keeps all of that page in memory. */
const copied = <T extends string | SecurityState>(cut: T): T => JSON.parse(JSON.stringify(cut));

/** Reports that say the same: when they were refreshed does not matter, but whether that is too long ago. */
const likeness = (report: string | undefined, freshSince: number): string => {
  if (report === undefined) return 'none';
  const at = report.lastIndexOf('\t');
  const refreshedAt = report.length === at + 1 ? freshSince : Number.parseInt(report.slice(at + 1), 36);
  return refreshedAt < freshSince ? `${report.slice(0, at)} old` : report.slice(0, at);
};

const millisecondsPerDay = 86_400_000;

const withId = (
  { build, revision, architecture, osVersion, propertiesRequireAttention }: SecurityState,
  id: string,
) => ({
  id,
  build,
  revision,
  architecture,
  osVersion,
  propertiesRequireAttention,
});
