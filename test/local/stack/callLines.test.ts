import type { HostEvent } from '../../../src/local/host/hostEvent.ts';
import { callLines } from '../../../src/local/stack/command/callLines.ts';
import { type Paint, plain } from '../../../src/local/stack/command/paint.ts';
import { fakeClock } from '../../support/fakeClock.ts';

const request = (status: number): HostEvent => ({
  kind: 'request',
  method: 'GET',
  path: '/api/machines',
  status,
  ms: 12,
  functionName: 'listMachines',
});
const warning: HostEvent = { kind: 'log', level: 'warning', category: 'user', message: 'the ledger is late' };

const told = (events: readonly [number: number, event: HostEvent][], paint: Paint = plain, open = true) => {
  const printed: string[] = [];
  const lines = callLines((line) => printed.push(line), paint, fakeClock());
  if (open) lines.open();
  for (const [number, event] of events) lines.tell({ kind: 'host', number, event });
  return printed.map((line) => line.replace(/\d\d:\d\d:\d\d/, 'time'));
};

describe('the lines of a running stack', () => {
  it('tell time, call, status, how long it took and the function', () => {
    expect(told([[1, request(200)]])).toEqual(['time GET /api/machines 200 12 ms (listMachines)']);
  });

  it('name the host where there are several', () => {
    expect(told([[2, request(200)]])).toEqual(['time host 2 GET /api/machines 200 12 ms (listMachines)']);
  });

  it('leave out the calls that are made while parts start, and keep what went wrong', () => {
    expect(
      told(
        [
          [1, request(200)],
          [1, warning],
        ],
        plain,
        false,
      ),
    ).toEqual(['time   warning: the ledger is late']);
  });

  it('mark refusals and faults with a colour', () => {
    const marked: Paint = (colour, text) => (colour === 'dim' ? text : `<${colour}>${text}`);
    const [good, refused, failed] = told(
      [
        [1, request(200)],
        [1, request(404)],
        [1, request(503)],
      ],
      marked,
    );
    expect(good).toMatch(/^time GET/);
    expect(refused).toMatch(/^time <yellow>GET/);
    expect(failed).toMatch(/^time <red>GET/);
  });
});
