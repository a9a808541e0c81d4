import { createChosenSource } from '../../../src/snapshots/live/chosenSource.ts';
import { writePlace } from '../../../src/snapshots/live/place.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { quietLog } from '../../support/quietLog.ts';

const ours = writePlace({ kind: 'machines', next: 'abc', given: 10 });

/** A choice that notes what it was told. */
const choosing = (name: 'preview' | 'composed', other: 'composed' | undefined) => {
  const told: number[] = [];
  const choice = {
    choose: async () => ({ name }),
    instead: async (status: number) => {
      told.push(status);
      return other && { name: other };
    },
  };
  return { told, chosen: createChosenSource({ sources: choice, clock: fakeClock(), log: quietLog }) };
};

const out = async () => {
  throw new Error('the table does not answer');
};

const unknown = createChosenSource({ sources: { choose: out, instead: out }, clock: fakeClock(), log: quietLog });

describe('the source of a request', () => {
  it('is the one that is chosen, for what has no token or one of the preview’s', async () => {
    expect(await choosing('preview', undefined).chosen.sourceOf(undefined)).toBe('preview');
    expect(await choosing('preview', undefined).chosen.sourceOf('abc')).toBe('preview');
    expect(await choosing('composed', undefined).chosen.sourceOf('abc')).toBe('composed');
  });

  it('stays the composed one for a walk that began there, whatever was set since', async () => {
    expect(await choosing('preview', undefined).chosen.sourceOf(ours)).toBe('composed');
  });

  it('is looked up once a minute', async () => {
    const clock = fakeClock();
    let name: 'preview' | 'composed' = 'preview';
    const sources = { choose: async () => ({ name }), instead: async () => undefined };
    const chosen = createChosenSource({ sources, clock, log: quietLog });
    await chosen.sourceOf(undefined);
    name = 'composed';
    await clock.advance(59_999);
    expect(await chosen.sourceOf(undefined)).toBe('preview');
    await clock.advance(1);
    expect(await chosen.sourceOf(undefined)).toBe('composed');
  });

  it('is the preview where nobody knows', async () => {
    expect(await unknown.sourceOf(undefined)).toBe('preview');
  });
});

describe('what the preview says', () => {
  it.each([404, 410, 403])('makes the other source take its place: %d', async (status) => {
    const { told, chosen } = choosing('preview', 'composed');
    expect(await chosen.isInstead(status, undefined)).toBe(true);
    expect(told).toEqual([status]);
    expect(await chosen.sourceOf(undefined)).toBe('composed');
  });

  it.each([200, 400, 401, 429, 500, 503])('leaves it in its place: %d', async (status) => {
    const { told, chosen } = choosing('preview', 'composed');
    expect(await chosen.isInstead(status, undefined)).toBe(false);
    expect(told).toEqual([]);
  });

  it('leaves it in its place where no other is allowed', async () => {
    expect(await choosing('preview', undefined).chosen.isInstead(404, undefined)).toBe(false);
  });

  it('of a token is about that token', async () => {
    const { told, chosen } = choosing('preview', 'composed');
    expect(await chosen.isInstead(410, 'grown too old')).toBe(false);
    expect(told).toEqual([]);
  });

  it('counts for this request where it can’t be remembered', async () => {
    expect(await unknown.isInstead(404, undefined)).toBe(true);
  });
});
