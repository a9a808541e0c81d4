import { systemClock } from '../../../../src/clock.ts';
import type { HostEvent } from '../../../../src/local/host/hostEvent.ts';
import type { Answer } from '../../../../src/local/host/http/answer.ts';
import { type Front, openFront } from '../../../../src/local/host/http/front.ts';

let front: Front;
let events: HostEvent[];

beforeEach(async () => {
  events = [];
  front = await openFront(0, systemClock, (event) => events.push(event));
});

afterEach(async () => {
  front.cut();
  await front.stop();
});

/** Serves these answers, one after the other. */
const answering = (...answers: Answer[]) =>
  front.serve(async () => {
    const answer = answers.shift();
    if (!answer) throw new Error('no answer is left');
    return { answer };
  });

describe('the server before the functions', () => {
  it.each<[string, Answer]>([
    ['a trailer', { status: 200, headers: { 'x-other': 'yes', Trailer: 'X-Y' } }],
    ['a header whose name is no token', { status: 200, headers: { 'x-other': 'yes', 'x(y)': 'z' } }],
    ['a status that is none', { status: 1000, headers: { 'x-other': 'yes' } }],
  ])('answers 500 where %s cannot be written, tells why, and serves on', async (_, answer) => {
    answering(answer, { status: 200, body: Buffer.from('served on') });
    const refused = await fetch(front.url);
    expect([refused.status, refused.headers.get('x-other'), await refused.text()]).toEqual([500, null, '']);
    expect(events).toMatchObject([
      { kind: 'log', level: 'critical', message: expect.stringMatching(/^the host failed: .*Error/) },
      { kind: 'request', status: 500 },
    ]);
    expect(await (await fetch(front.url)).text()).toBe('served on');
  });

  it('ends a connection whose answer cannot be ended, and serves on', async () => {
    const notBytes = { length: 7 } as unknown as Uint8Array;
    answering({ status: 200, body: notBytes }, { status: 200, body: Buffer.from('served on') });
    await expect(fetch(front.url)).rejects.toThrow();
    expect(await (await fetch(front.url)).text()).toBe('served on');
  });

  it('answers 500 where its handler throws', async () => {
    answering();
    expect((await fetch(front.url)).status).toBe(500);
  });
});
