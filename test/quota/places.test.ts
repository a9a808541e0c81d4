import { createPlaces } from '../../src/quota/places.ts';
import { slot } from './support/ledgerRows.ts';

const inTime = ({ at }: { readonly at: number }, deadline: number) => at <= deadline;

describe('those who wait', () => {
  it('are served by class, in a class whose time is over first, and out of two alike who came first', () => {
    const places = createPlaces<string>();
    places.enter('patient background', 'background', 900);
    places.enter('enrichment', 'enrichment', 800);
    places.enter('hasty background', 'background', 100);
    places.enter('interactive', 'interactive', 700);
    places.enter('another', 'interactive', 700);
    const served: string[] = [];
    for (let first = places.first(); first; first = places.first()) served.push(places.leave(first));
    expect(served).toEqual(['interactive', 'another', 'enrichment', 'hasty background', 'patient background']);
  });

  it('are woken when they leave, and wait no longer', () => {
    const places = createPlaces<string>();
    const place = places.enter('a', 'interactive', 100);
    expect([places.has(place), place.leaving.signal.aborted]).toEqual([true, false]);
    places.leave(place);
    expect([places.has(place), place.leaving.signal.aborted]).toEqual([false, true]);
  });

  it('need a slot of their class that comes in time, one each, the hasty before the patient', () => {
    const places = createPlaces<string>();
    places.enter('patient', 'interactive', 900);
    places.enter('hasty', 'interactive', 100);
    places.enter('background', 'background', 900);
    places.enter('late', 'interactive', 20);
    const unserved = (...slots: Parameters<typeof places.without>[0]) =>
      places.without(slots, inTime).map(({ caller }) => caller);
    expect(unserved()).toEqual(['patient', 'hasty', 'background', 'late']);
    expect(unserved(slot(50, 'interactive', 'me', 1))).toEqual(['patient', 'background', 'late']);
    expect(unserved(slot(50, 'interactive', 'me', 1), slot(500, 'interactive', 'me', 2))).toEqual([
      'background',
      'late',
    ]);
    expect(unserved(slot(10, 'background', 'me', 1))).toEqual(['patient', 'hasty', 'late']);
  });
});
