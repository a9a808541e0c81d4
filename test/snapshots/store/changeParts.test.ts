import * as fc from 'fast-check';
import { type Change, idOf } from '../../../src/snapshots/change.ts';
import type { KeptState } from '../../../src/snapshots/keptState.ts';
import { decodeChanges, encodeChanges, noParts, packed, partsOf } from '../../../src/snapshots/store/changeParts.ts';
import { mostInProperty } from '../../../src/storage/propertyText.ts';
import { law } from '../../support/law.ts';
import { anyChange } from './states.ts';

const kept = (id: string, osVersion = '10.0'): KeptState => ({
  state: { id, build: 1, revision: 2, architecture: 'Amd64', osVersion, propertiesRequireAttention: [] },
  appeared: '20261121T190000Z',
  since: '20261121T190000Z',
  attentionSince: [],
});

/** As many characters, give or take a hundred. */
const changeOf = (characters: number, id = 'a'): Change => ({ after: kept(id, 'v'.repeat(characters)) });

describe('changes as texts', () => {
  it('come back as they were, in their order, whatever their lengths', () => {
    const some = fc.array(
      fc.oneof(
        anyChange,
        fc.integer({ min: 0, max: 40_000 }).map((length) => changeOf(length)),
      ),
    );
    law(
      fc.property(some, (changes) => {
        const parts = encodeChanges(changes);
        const back = parts.map(({ text }) => decodeChanges(text));
        expect(back.flat()).toEqual(changes);
        expect(back.map(([first]) => first && idOf(first))).toEqual(parts.map(({ firstId }) => firstId));
      }),
      200,
    );
  });

  it('are as many as was counted along, and none is longer than a property holds', () => {
    const some = fc.array(fc.integer({ min: 0, max: mostInProperty - 200 }).map((length) => changeOf(length)));
    law(
      fc.property(some, (changes) => {
        const parts = encodeChanges(changes);
        expect(partsOf(changes)).toBe(parts.length);
        expect(changes.reduce(packed, noParts).parts).toBe(parts.length);
        for (const { text } of parts) expect(text.length).toBeLessThanOrEqual(mostInProperty);
      }),
      200,
    );
  });

  it('are one for a hundred usual changes that are new machines', () => {
    expect(partsOf(Array.from({ length: 100 }, (_, i) => changeOf(20, `${i}`.padStart(40, '0'))))).toBe(1);
  });

  it('are none for no changes', () => {
    expect(partsOf([])).toBe(0);
    expect(encodeChanges([])).toEqual([]);
  });

  it('fill a property to the last character', () => {
    const overhead = encodeChanges([changeOf(0)])[0]?.text.length ?? 0;
    const full = changeOf(mostInProperty - overhead);
    expect(encodeChanges([full])[0]?.text).toHaveLength(mostInProperty);
    const half = (mostInProperty - 2 * overhead + 1) / 2;
    const two = [changeOf(Math.floor(half)), changeOf(Math.ceil(half))];
    expect(encodeChanges(two).map(({ text }) => text.length)).toEqual([mostInProperty]);
    expect(partsOf([...two, changeOf(0)])).toBe(2);
  });

  it('name the machine by whichever state there is', () => {
    expect(idOf({ before: kept('b') })).toBe('b');
    expect(idOf({ after: kept('c') })).toBe('c');
    expect(() => idOf({})).toThrow('neither');
  });
});
