import { timeSpanMs } from '../../../../src/local/host/triggers/timeSpan.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe('a time span', () => {
  it.each([
    ['00:00:00', 0],
    ['00:05', 5 * minute],
    ['00:00:30', 30 * second],
    ['23:59:59', day - second],
    ['00:00:00.25', 250],
    ['00:00:02.1234567', 2_123],
    ['1.00:00:00', day],
    ['1.02:03', day + 2 * hour + 3 * minute],
    ['2:03:04:05', 2 * day + 3 * hour + 4 * minute + 5 * second],
    ['24:00:00', 24 * day],
    ['30:12:00', 30 * day + 12 * hour],
    ['7', 7 * day],
    [' 00:01:00 ', minute],
  ])('reads "%s"', (text, milliseconds) => {
    expect(timeSpanMs(text)).toBe(milliseconds);
  });

  it.each([
    '',
    'x',
    '-00:01:00',
    '00:60',
    '00:00:60',
    '24:00',
    '1.24:00:00',
    '1.5',
    '5.5.5',
    '00:01.5',
    '1:2:3:4:5',
    '::',
    '1e2',
  ])('is none in "%s"', (text) => {
    expect(timeSpanMs(text)).toBeUndefined();
  });
});
