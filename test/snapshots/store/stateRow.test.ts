import * as fc from 'fast-check';
import { lastFence } from '../../../src/snapshots/stateStore.ts';
import { keysOfChanges, rowsOfChanges } from '../../../src/snapshots/store/changeRow.ts';
import {
  chunkOfRow,
  chunksFrom,
  headAndChunks,
  headOfRow,
  rowOfChunk,
  rowOfHead,
} from '../../../src/snapshots/store/stateRow.ts';
import { law } from '../../support/law.ts';
import { anyChange, anyId, anyKept, anyRun } from './states.ts';

const counts = { appeared: 1, vanished: 2, newlyRequiresAttention: 3, resolved: 4, changed: 5 };
const isIn = (key: string, { lowest, below }: { lowest: string; below: string }) => key >= lowest && key < below;

describe('rows of states', () => {
  it('give head and chunk back as they were', () => {
    const head = { run: '20261121T190000Z', upTo: 'ä/b', changes: counts };
    expect(headOfRow(rowOfHead(head))).toEqual(head);
    law(
      fc.property(fc.oneof(anyId, fc.constant(lastFence)), fc.array(anyKept), (fence, machines) => {
        expect(chunkOfRow(rowOfChunk({ fence, machines }))).toEqual({ fence, machines });
      }),
      300,
    );
  });

  it('hold a chunk of sixteen usual machines in some 2,000 characters', () => {
    const machines = Array.from({ length: 16 }, (_, i) => ({
      state: {
        id: `${i}`.padStart(40, 'f'),
        build: 19045,
        revision: 4291,
        architecture: 'Amd64',
        osVersion: '10.0.19045.4291.amd64fre.vb_release.191206-1406',
        propertiesRequireAttention: ['AntivirusNotReporting'],
      },
      appeared: '20261121T190000Z',
      since: '20261121T190000Z',
      attentionSince: ['20261121T190000Z'],
    }));
    const { properties } = rowOfChunk({ fence: lastFence, machines });
    expect(JSON.stringify(properties).length).toBeLessThan(3500);
  });

  it('refuse a head that a newer gateway wrote', () => {
    const { rowKey, properties } = rowOfHead({ run: 'r', upTo: '', changes: counts });
    expect(() => headOfRow({ rowKey, properties: { ...properties, format: 2 } })).toThrow(
      'has the format 2; this gateway reads 1',
    );
  });

  it('stand in ranges: head and chunks in one, the changes of some runs in another', () => {
    law(
      fc.property(anyRun, anyRun, anyRun, anyChange, (run, after, upTo, change) => {
        const [row] = rowsOfChanges(run, [change]);
        const key = row?.rowKey ?? '';
        expect(isIn(key, headAndChunks)).toBe(false);
        expect(isIn(key, keysOfChanges({}))).toBe(true);
        expect(isIn(key, keysOfChanges({ after }))).toBe(run > after);
        expect(isIn(key, keysOfChanges({ upTo }))).toBe(run <= upTo);
        expect(isIn(key, keysOfChanges({ after, upTo }))).toBe(run > after && run <= upTo);
      }),
    );
    law(
      fc.property(anyId, anyId, (fence, id) => {
        const { rowKey } = rowOfChunk({ fence, machines: [] });
        expect(isIn(rowKey, headAndChunks)).toBe(true);
        expect(isIn(rowKey, chunksFrom(id))).toBe(fence === lastFence || fence >= id);
      }),
    );
  });
});
