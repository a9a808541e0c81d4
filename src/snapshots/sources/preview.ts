import { callNamed } from '../../defender/calls.ts';
import type { SecurityState } from '../securityState.ts';
import type { Composed, Source } from '../source.ts';
import { readStateRow } from './composing/stateRow.ts';
import { createPager, type PagerContext } from './paging/pager.ts';
import { linesOf } from './staged/line.ts';
import { readState, writeState } from './staged/stateLine.ts';

/** The preview: one list, whose links lead on ("Get Machines security states collection API"). */
export const previewSource = (context: PagerContext): Source => {
  const states = createPager(context, {
    call: callNamed('machineSecurityStates'),
    staged: {
      idName: 'id',
      line: (json) => {
        const state = readStateRow(json);
        return state && { id: state.id, text: writeState(state) };
      },
    },
    overlap: 0,
    followsLinks: true,
    notServed: (answer, isFirst) => (isFirst ? answer : { kind: 'refused', reason: `${brokenOff} ${answer.reason}` }),
  });
  return {
    name: 'preview',
    lists: ['states'],
    page: (_, cursor, options) => states(cursor, options),
    compose: (staged) => unpack(staged.states ?? []),
  };
};

const brokenOff = 'The link to the next page leads nowhere any more.';

const unpack = (pages: readonly string[]): Composed => {
  const states = new Map<string, SecurityState>();
  let rows = 0;
  for (const line of pages.flatMap(linesOf)) {
    const state = readState(line);
    states.set(state.id, state);
    rows++;
  }
  return { states: [...states.values()].sort(byId), duplicates: rows - states.size, leftOut: 0 };
};

const byId = (one: SecurityState, other: SecurityState): number => (one.id < other.id ? -1 : 1);
