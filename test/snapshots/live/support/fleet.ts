/** A Defender with two lists of a fleet, behind the port of the live call; its machines are paged as `src/machines/lists` does. */
import type { Answer } from '../../../../src/defender/answer.ts';
import type { Question } from '../../../../src/defender/question.ts';
import { createLists } from '../../../../src/machines/lists/lists.ts';
import { memoryPageKey } from '../../../../src/machines/memoryPageKey.ts';
import type { Told } from '../../../../src/machines/told.ts';
import { usualFreshness } from '../../../../src/machines/wish.ts';
import type { Asking } from '../../../../src/snapshots/live/asking.ts';
import type { FakeClock } from '../../../support/fakeClock.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Fleet {
  machines: readonly Row[];
  antivirus: readonly Row[];
  /** What is answered next in place of a list's page, by the call's name. */
  readonly instead: Map<string, Answer>;
  /** Called before each answer. */
  onAsked: (question: Question) => void;
  /** Links to next pages of antivirus hold a token, and `$skip` is taken for nothing. */
  hasTokens: boolean;
  /** No page of antivirus holds more. */
  mostRows: number;
  /** Paths and queries that arrived, decoded. */
  readonly asked: string[];
  /** Milliseconds that each was to wait at most. */
  readonly waits: number[];
}

export const fleetOf = (machines: readonly Row[], antivirus: readonly Row[]): Fleet => ({
  machines,
  antivirus,
  instead: new Map(),
  onAsked: () => undefined,
  hasTokens: false,
  mostRows: 10_000,
  asked: [],
  waits: [],
});

export const machine = (id: string, more: Row = {}): Row => ({
  id,
  osBuild: 19044,
  osProcessor: 'x64',
  healthStatus: 'Active',
  onboardingStatus: 'Onboarded',
  osPlatform: 'Windows10',
  ...more,
});

export const report = (machineId: string, more: Row = {}): Row => ({
  id: `row of ${machineId}`,
  machineId,
  osVersion: '10.0.19044.1865',
  avMode: '0',
  avIsSignatureUpToDate: 'True',
  avIsEngineUpToDate: 'True',
  avIsPlatformUpToDate: 'True',
  dataRefreshTimestamp: '2026-11-18T06:06:39Z',
  ...more,
});

export const pageSize = 6;
export const overlap = 2;
export const here = 'https://gateway.example/testwdatppreview/machinesecuritystates';

/** Somebody who asks, of a fleet, in pages of six. */
export const askingOf = (fleet: Fleet, clock: FakeClock, more: Partial<Asking<Told>> = {}): Asking<Told> => {
  const ask = async (question: Question, { waitMs }: { readonly waitMs: number }): Promise<Told> => {
    fleet.onAsked(question);
    fleet.asked.push(decodeURIComponent(question.path + question.query));
    fleet.waits.push(waitMs);
    const answer = fleet.instead.get(question.call.name) ?? pageOf(fleet, question);
    return { answer, source: { kind: 'defender', because: 'miss', isShared: false, age: 0 } };
  };
  const lists = createLists({ ask, pageKey, clock, pageSize, overlap });
  return {
    ask: (question, waitMs) =>
      lists.ask(question, { waitMs, priority: 'interactive', freshness: usualFreshness }, here),
    ageOf: ({ source }) => (source.kind === 'nowhere' ? 0 : (source.age ?? 0)),
    accepts: (age, lifetime) => age <= lifetime,
    keeps: true,
    waitMs: 30_000,
    token: undefined,
    here,
    ...more,
  };
};

const pageKey = memoryPageKey();

const pageOf = (fleet: Fleet, question: Question): Answer => {
  const query = new URLSearchParams(question.query);
  const rows = question.call.name === 'listMachines' ? fleet.machines : fleet.antivirus;
  if (question.call.name === 'listMachines' && rows.length === 0) return json({ error: { code: 'NotFound' } }, 404);
  const token = fleet.hasTokens ? (query.get('$skiptoken') ?? '0') : (query.get('$skip') ?? '0');
  const start = Number(token);
  const end = start + Math.min(fleet.mostRows, Number(query.get('$top') ?? pageSize));
  const link =
    fleet.hasTokens && end < rows.length ? { '@odata.nextLink': `https://elsewhere.example/x?$skiptoken=${end}` } : {};
  return json({ '@odata.context': 'x', value: rows.slice(start, end), ...link });
};

export const json = (value: unknown, status = 200): Answer => ({
  kind: 'answered',
  status,
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(JSON.stringify(value)),
});
