import { readWait } from '../../src/http/wait.ts';

describe('the wait of a caller', () => {
  it.each([
    [null, 30, false],
    ['wait=20', 20, true],
    ['Wait=20', 20, true],
    ['respond-async, wait = 5', 5, true],
    ['wait="7"', 7, true],
    ['wait=0', 0, true],
    ['wait=10; strict', 10, true],
    ['wait=201', 200, true],
    ['wait=99999999999', 200, true],
    ['wait=3, wait=9', 3, true],
    ['wait=-1', 30, false],
    ['wait=1.5', 30, false],
    ['wait=soon', 30, false],
    ['await=5', 30, false],
    ['', 30, false],
  ])('of %j is %d s; asked: %s', (prefer, seconds, isAsked) => {
    expect(readWait(prefer)).toEqual({ seconds, isAsked });
  });
});
