import { floorOf } from '../../../src/snapshots/pruning/floor.ts';
import { hourlyRun } from '../support/states.ts';

const stored = (hour: number) => ({ id: hourlyRun(hour), isStored: true, isFinished: true });
const failed = (hour: number) => ({ id: hourlyRun(hour), isStored: false, isFinished: true });
const underWay = (hour: number) => ({ id: hourlyRun(hour), isStored: false, isFinished: false });

describe('the floor', () => {
  it('is the newest stored run before the edge', () => {
    expect(floorOf([failed(4), stored(3), stored(2)], hourlyRun(5), undefined)).toBe(hourlyRun(3));
  });

  it('is never behind the last one', () => {
    expect(floorOf([stored(3)], hourlyRun(5), hourlyRun(4))).toBe(hourlyRun(4));
    expect(floorOf([], hourlyRun(5), hourlyRun(4))).toBe(hourlyRun(4));
  });

  it('is none where no stored run is before the edge', () => {
    expect(floorOf([failed(4)], hourlyRun(5), undefined)).toBeUndefined();
    expect(floorOf([stored(6)], hourlyRun(5), undefined)).toBeUndefined();
  });

  it('stays below every run that is under way', () => {
    expect(floorOf([stored(4), underWay(3), stored(2), underWay(1), stored(0)], hourlyRun(5), undefined)).toBe(
      hourlyRun(0),
    );
  });
});
