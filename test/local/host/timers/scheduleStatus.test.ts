import { parseSchedule, type Schedule } from '../../../../src/local/host/timers/schedule.ts';
import {
  readStatus,
  startingStatus,
  statusAfter,
  statusJson,
} from '../../../../src/local/host/timers/scheduleStatus.ts';
import { lastInstant, unsetInstant } from '../../../../src/local/host/triggers/instantText.ts';

const scheduleOf = (text: string) => parseSchedule(text) as Schedule;
const hourly = scheduleOf('0 0 * * * *');
const at = (time: string) => Date.parse(`2026-11-21T${time}Z`);

describe('where a timer stands when its listener starts', () => {
  it('is before its first run when nothing was stored', () => {
    expect(startingStatus(hourly, undefined, at('10:20:00'))).toEqual({
      status: { last: unsetInstant, next: at('11:00:00'), lastUpdated: at('10:20:00') },
      isNew: true,
      isPastDue: false,
    });
  });

  it('is where it was, as long as the next instant is still to come', () => {
    const stored = statusAfter(hourly, at('10:00:00'));
    expect(startingStatus(hourly, stored, at('11:00:00'))).toEqual({ status: stored, isNew: false, isPastDue: false });
  });

  it('is past due once the next instant went by', () => {
    const stored = statusAfter(hourly, at('10:00:00'));
    expect(startingStatus(hourly, stored, at('11:00:01'))).toEqual({ status: stored, isNew: false, isPastDue: true });
  });

  it('is past due, too, when the first instant of all went by', () => {
    const stored = startingStatus(hourly, undefined, at('10:20:00')).status;
    expect(startingStatus(hourly, stored, at('12:30:00')).isPastDue).toBe(true);
  });

  it('is a new beginning, and not past due, when the schedule was changed', () => {
    const stored = statusAfter(hourly, at('10:00:00'));
    expect(startingStatus(scheduleOf('0 30 * * * *'), stored, at('10:20:00'))).toEqual({
      status: { last: unsetInstant, next: at('10:30:00'), lastUpdated: at('10:00:00') },
      isNew: true,
      isPastDue: false,
    });
    expect(startingStatus(scheduleOf('0 30 * * * *'), stored, at('12:50:00'))).toEqual({
      status: { last: unsetInstant, next: at('13:30:00'), lastUpdated: at('12:50:00') },
      isNew: true,
      isPastDue: false,
    });
  });

  it('is at the end of time when the schedule never comes', () => {
    const never = scheduleOf('0 0 0 30 2 *');
    const { status } = startingStatus(never, undefined, at('10:00:00'));
    expect(status.next).toBe(lastInstant);
    expect(startingStatus(never, status, at('12:00:00'))).toEqual({ status, isNew: false, isPastDue: false });
  });
});

describe('a status blob', () => {
  it('has the three instants of .NET', () => {
    const status = { last: unsetInstant, next: at('11:00:00'), lastUpdated: at('10:20:00') + 250 };
    expect(statusJson(status)).toEqual({
      Last: '0001-01-01T00:00:00+00:00',
      Next: '2026-11-21T11:00:00+00:00',
      LastUpdated: '2026-11-21T10:20:00.25+00:00',
    });
    expect(readStatus(JSON.stringify(statusJson(status)))).toEqual(status);
  });

  it('may come from Azure, with seven decimals and a zone or none', () => {
    const text =
      '{"Last":"0001-01-01T00:00:00","Next":"2026-11-21T11:00:00Z","LastUpdated":"2026-11-21T11:20:00.2500001+01:00"}';
    const lastUpdated = at('10:20:00') + 250;
    expect(readStatus(text)).toEqual({ last: unsetInstant, next: at('11:00:00'), lastUpdated });
  });

  it.each(['', 'x', '[]', 'null', '{}', '{"Last":"x","Next":"y","LastUpdated":"z"}'])('is none in %j', (text) => {
    expect(readStatus(text)).toBeUndefined();
  });
});
