import * as fc from 'fast-check';
import { channelNames } from '../../../src/enrichment/delivery.ts';
import { readDeliverMessage } from '../../../src/enrichment/messages.ts';
import type { Sent } from '../../../src/enrichment/out/channel.ts';
import { isFinal } from '../../../src/enrichment/record.ts';
import { mortal } from './support/mortal.ts';
import { type Outgoing, outgoing } from './support/outgoing.ts';

const overdueMs = 60_000;
const sent: Sent = { kind: 'sent' };

/** What may happen between an alert's end and its delivery. */
type Happening =
  | { readonly kind: 'ends'; readonly isQueued: boolean }
  /** Of the messages that can be seen, one is taken: not always the first. */
  | { readonly kind: 'delivers'; readonly at: number }
  | { readonly kind: 'doubles' | 'loses'; readonly at: number }
  | { readonly kind: 'fails' | 'dies'; readonly steps: number }
  | { readonly kind: 'waits'; readonly seconds: number }
  | { readonly kind: 'sweeps' };

const at = fc.nat(5);
const steps = fc.integer({ min: 1, max: 6 });
const harmless: fc.Arbitrary<Happening>[] = [
  fc.record({ kind: fc.constant('delivers'), at }),
  fc.record({ kind: fc.constant('delivers'), at }),
  fc.record({ kind: fc.constant('doubles'), at }),
  fc.record({ kind: fc.constant('waits'), seconds: fc.nat(600) }),
  fc.record({ kind: fc.constant('sweeps') }),
  fc.record({ kind: fc.constant('ends'), isQueued: fc.boolean() }),
];
const harmful: fc.Arbitrary<Happening>[] = [
  fc.record({ kind: fc.constant('loses'), at }),
  fc.record({ kind: fc.constantFrom('fails', 'dies'), steps }),
  fc.record({ kind: fc.constantFrom('fails', 'dies'), steps }),
];
const outcomes = fc.array(
  fc.oneof(
    fc.constant(sent),
    fc.record({
      kind: fc.constant('failed'),
      reason: fc.constant('answered 503'),
      retryAfterSeconds: fc.option(fc.nat(1000), { nil: undefined }),
    }),
  ),
  { maxLength: 30 },
);

/** Lets all of it happen, then what sweeps and time make good of it, in a world where nothing fails any more. */
const told = async (happenings: readonly Happening[], receiver: readonly Sent[]): Promise<Outgoing> => {
  const life = mortal();
  let isMended = false;
  const outcome = (attempt: number) => (isMended ? sent : (receiver[attempt - 1] ?? sent));
  const out = outgoing({ step: life.step, outcome });
  for (const happening of [{ kind: 'ends', isQueued: true } as const, ...happenings]) {
    await happen(happening, { out, life }).catch(() => life.revive());
  }
  life.revive();
  isMended = true;
  await mend(out);
  return out;
};

interface Scene {
  readonly out: Outgoing;
  readonly life: ReturnType<typeof mortal>;
}

const happen = async (happening: Happening, { out, life }: Scene): Promise<void> => {
  const { delivering, messages, clock } = out;
  const message = 'at' in happening ? messages[happening.at % Math.max(1, messages.length)] : undefined;
  switch (happening.kind) {
    case 'ends': {
      const rows = await out.end(`a${out.store.records().length}`, channelNames);
      if (happening.isQueued) await delivering.sendAll(rows);
      return;
    }
    case 'delivers':
      return void (await out.deliverNext(happening.at));
    case 'doubles':
      return void (message && messages.push(message));
    case 'loses':
      return void (message && messages.splice(messages.indexOf(message), 1));
    case 'waits':
      return clock.stall(happening.seconds * 1000);
    case 'sweeps':
      return void (await delivering.sweep({ overdueMs, top: 3 }));
    case 'fails':
      return life.failAt(happening.steps);
    case 'dies':
      return life.dieAt(happening.steps);
  }
};

/** Longer than any wait before. */
const mend = async (out: Outgoing): Promise<void> => {
  for (let hour = 0; hour < 20; hour++) {
    out.clock.stall(3600_000);
    await out.delivering.sweep({ overdueMs, top: 100 });
    await out.deliverAll();
  }
};

const idsOf = (out: Outgoing) => channelNames.map((name) => out.channels[name].events.map(({ id }) => id).sort());
/** Of all alerts that ended: one that was killed before has no result. */
const owedIds = (out: Outgoing) => {
  const ended = out.store.records().filter(isFinal);
  return channelNames.map(() => ended.map(({ key }) => `${key}~1`).sort());
};
const unique = (ids: readonly string[]) => [...new Set(ids)];

describe('results on their way out', () => {
  it('all arrive by each channel, always as the same text, whatever is killed, fails, doubles or is lost, and no row is left', async () => {
    const happenings = fc.array(fc.oneof(...harmless, ...harmful), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(happenings, outcomes, async (all, receiver) => {
        const out = await told(all, receiver);
        expect(idsOf(out).map(unique)).toEqual(owedIds(out));
        expect([out.store.outbox(), out.messages]).toEqual([[], []]);
        for (const event of channelNames.flatMap((name) => out.channels[name].attempts)) {
          expect(JSON.stringify(event)).toBe(await out.store.result(event.subject, 1));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('arrive once, where nothing is killed or fails, however often messages come and sweeps are made', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(...harmless), { maxLength: 40 }), outcomes, async (all, receiver) => {
        const out = await told(all, receiver);
        expect(idsOf(out)).toEqual(owedIds(out));
      }),
      { numRuns: 500 },
    );
  });
});

describe('messages that are delivered at the same moment', () => {
  it('bring the result at least once, leave no row, and do not become more, in whatever order the steps of all go', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 4 }),
        outcomes,
        async (scheduler, copies, receiver) => {
          const pause = () => scheduler.schedule(Promise.resolve());
          const out = outgoing({ pause, outcome: (attempt) => receiver[attempt - 1] ?? sent });
          const [row] = await out.end('a', ['webhook']);
          const text = JSON.stringify({ deliveries: [row] });
          for (let copy = 0; copy < copies; copy++) out.messages.push({ text, visibleAt: 0 });
          for (let round = 0; round <= receiver.length && out.store.outbox().length > 0; round++) {
            const taken = out.messages.splice(0);
            const works = taken.map((message) => out.delivering.deliver(readDeliverMessage(JSON.parse(message.text))));
            await scheduler.waitFor(Promise.all(works));
            expect(out.messages.length).toBeLessThanOrEqual(taken.length);
            out.clock.stall(600_000);
          }
          expect(out.channels.webhook.events.length).toBeGreaterThanOrEqual(1);
          expect(out.store.outbox()).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
