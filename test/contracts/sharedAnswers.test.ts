import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { systemClock } from '../../src/clock.ts';
import type { Answered } from '../../src/defender/answer.ts';
import { hashOf, slotOf } from '../../src/machines/answerRow.ts';
import { memoryAnswers, memoryRows } from '../../src/machines/memoryAnswers.ts';
import type { Saved, Seen, SharedAnswers } from '../../src/machines/sharedAnswers.ts';
import { tableAnswers } from '../../src/machines/tableAnswers.ts';
import { readSettings } from '../../src/settings.ts';
import { tableClient } from '../../src/storage/tableClient.ts';
import { type Azurite, startAzurite } from '../support/azurite.ts';
import { until } from '../support/until.ts';

interface UnderTest {
  readonly mine: SharedAnswers;
  /** Another process's view of the same store. */
  readonly theirs: SharedAnswers;
  /** Changes what stands in the row of a question. */
  spoil(key: string, properties: Readonly<Record<string, unknown>>): Promise<void>;
}

const partition = "tenant's|app";
const clock = systemClock;

let azurite: Azurite;
let tables = 0;
beforeAll(async () => {
  azurite = await startAzurite();
});
afterAll(() => azurite.stop());

const client = (name: string, connection = azurite.connectionString) =>
  tableClient(readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: connection }), name);

const adapters: readonly (readonly [string, () => UnderTest])[] = [
  [
    'in memory',
    () => {
      const rows = memoryRows({ wall: () => performance.timeOrigin + performance.now() });
      return {
        mine: memoryAnswers(clock, { owner: 'mine', rows }),
        theirs: memoryAnswers(clock, { owner: 'theirs', rows }),
        async spoil(key, properties) {
          const slot = slotOf(hashOf(key));
          rows.overwrite(slot, { ...(await rows.read(slot)).row?.stored, ...properties });
        },
      };
    },
  ],
  [
    'in Table storage',
    () => {
      const table = client(`answers${++tables}`);
      return {
        mine: tableAnswers(table, { partition, owner: 'mine', clock }),
        theirs: tableAnswers(table, { partition, owner: 'theirs', clock }),
        async spoil(key, properties) {
          const entity = { partitionKey: partition, rowKey: slotOf(hashOf(key)), ...properties };
          await (await table()).updateEntity(entity, 'Merge', { etag: '*' });
        },
      };
    },
  ],
];

const bytes = (text: string): Uint8Array => new Uint8Array(new TextEncoder().encode(text));

const answer = (text: string, more: Partial<Answered> = {}): Answered => ({
  kind: 'answered',
  status: 200,
  headers: { 'content-type': 'application/json; odata.metadata=minimal' },
  body: bytes(text),
  ...more,
});

const saved = (key: string, text: string, ageMs = 0): Saved => ({ key, answered: answer(text), ageMs });

const textIn = ({ answer: kept }: Seen): string | undefined => kept && new TextDecoder().decode(kept.answered.body);

const seenOf = async (answers: SharedAnswers, keys: readonly string[]): Promise<ReadonlyMap<string, Seen>> =>
  new Map(await Promise.all(keys.map(async (key) => [key, await answers.read(key)] as const)));

const claimed = async (answers: SharedAnswers, keys: readonly string[], forMs = 60_000): Promise<readonly string[]> => [
  ...(await answers.claim(await seenOf(answers, keys), forMs)),
];

const keysTo = (count: number, name = 'question'): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${name} ${i}`);

/** Two questions for which there is but one slot. */
const meeting = (): readonly [string, string] => {
  const bySlot = new Map<string, string>();
  for (let i = 0; ; i += 1) {
    const key = `GET /api/machines/${i}`;
    const slot = slotOf(hashOf(key));
    const other = bySlot.get(slot);
    if (other !== undefined) return [other, key];
    bySlot.set(slot, key);
  }
};

describe.each(adapters)('shared answers %s', (_, create) => {
  it('are none before the first is saved', async () => {
    const { mine } = create();
    expect(await mine.read('question')).toEqual({});
  });

  it('come back to every process as they were, to the byte', async () => {
    const { mine, theirs } = create();
    const answered = answer('', {
      status: 404,
      headers: { 'content-type': 'application/json', 'request-id': 'ä "quoted" ✓' },
      body: Uint8Array.from({ length: 256 }, (_, i) => i),
      askedFor: "/api/users/m%C3%BCller/machines?$filter=healthStatus eq 'Active'",
      warning: 'That’s 500, “the most” that Defender gives.',
    });
    await mine.save([{ key: 'question', answered, ageMs: 0 }]);
    const kept = (await theirs.read('question')).answer?.answered;
    expect({ ...kept, body: Uint8Array.from(kept?.body ?? []) }).toEqual(answered);
  });

  it('come back with an empty body', async () => {
    const { mine, theirs } = create();
    await mine.save([saved('question', '')]);
    expect(textIn(await theirs.read('question'))).toBe('');
  });

  it('are kept apart by the whole question, however long', async () => {
    const { mine, theirs } = create();
    const long = `GET /api/machines?$filter=${'computerDnsName eq x or '.repeat(1000)}`;
    await mine.save([saved(`${long}1`, 'first'), saved(`${long}2`, 'second'), saved(`${long} 2`, 'third')]);
    const seen = await Promise.all([`${long}1`, `${long}2`, `${long} 2`, long].map(theirs.read));
    expect(seen.map(textIn)).toEqual(['first', 'second', 'third', undefined]);
  });

  it('are as many as there are, and large ones among them', async () => {
    const { mine, theirs } = create();
    const body = randomBytes(45_000).toString('latin1');
    const keys = keysTo(110);
    await mine.save(
      keys.map((key) => ({ key, answered: answer('', { body: Buffer.from(key + body, 'latin1') }), ageMs: 0 })),
    );
    const seen = await Promise.all(keys.map(theirs.read));
    const expected = keys.map((key) => key + body);
    expect(seen.map(({ answer: kept }) => Buffer.from(kept?.answered.body ?? []).toString('latin1'))).toEqual(expected);
  });

  it('are replaced by newer ones', async () => {
    const { mine, theirs } = create();
    await mine.save([saved('question', 'first', 5000)]);
    await theirs.save([saved('question', 'second')]);
    expect(textIn(await mine.read('question'))).toBe('second');
  });

  it('are not replaced by those of older calls', async () => {
    const { mine, theirs } = create();
    await mine.save([saved('question', 'newer')]);
    await theirs.save([saved('question', 'older', 5000)]);
    expect(textIn(await mine.read('question'))).toBe('newer');
  });

  it('are no more where they are too large, and the claim on them is over', async () => {
    const { mine, theirs } = create();
    await claimed(mine, ['question']);
    await mine.save([{ key: 'question', answered: answer('', { body: randomBytes(64 * 1024) }), ageMs: 0 }]);
    expect(await theirs.read('question')).toMatchObject({ answer: undefined, askedForMs: undefined });
  });
});

describe.each(adapters)('the age of shared answers %s', (_, create) => {
  /** Keeps an answer of a call that began a quarter of a second ago; tells its age, and the least and the most that is honest. */
  const aged = async ({ mine, theirs }: UnderTest, key: string) => {
    const saving = mine.save([saved(key, 'answer', 250)]);
    const beganAt = clock.monotonic() - 250;
    await saving;
    const asked = clock.monotonic();
    const { answer: kept } = await theirs.read(key);
    return { least: asked - beganAt, ageMs: kept?.ageMs ?? Number.NaN, most: clock.monotonic() - beganAt + 3000 };
  };

  it('is never less than the time since the call began, and not much more', async () => {
    const stores = create();
    for (const key of keysTo(12)) {
      if (key.endsWith('7')) await claimed(stores.mine, keysTo(12));
      const { least, ageMs, most } = await aged(stores, key);
      expect(ageMs).toBeGreaterThanOrEqual(least);
      expect(ageMs).toBeLessThan(most);
    }
  });

  it('does not include how long the question was claimed before the call began', async () => {
    const stores = create();
    await claimed(stores.mine, ['question']);
    const before = clock.monotonic();
    await until('some time to go by', () => clock.monotonic() - before > 500);
    const { least, ageMs, most } = await aged(stores, 'question');
    expect(ageMs).toBeGreaterThanOrEqual(least);
    expect(ageMs).toBeLessThan(most);
  });

  it('does not start again where somebody claims the question', async () => {
    const { mine, theirs } = create();
    await mine.save([saved('question', 'answer', 3_600_000)]);
    expect(await claimed(theirs, ['question'])).toEqual(['question']);
    const seen = await mine.read('question');
    expect(textIn(seen)).toBe('answer');
    expect(seen.answer?.ageMs).toBeGreaterThanOrEqual(3_600_000);
    expect(seen.askedForMs).toBeGreaterThan(0);
  });
});

describe.each(adapters)('claims on questions %s', (_, create) => {
  it('are seen by the others, with how long they last, and not by who made them', async () => {
    const { mine, theirs } = create();
    expect(await claimed(mine, ['question'], 5000)).toEqual(['question']);
    const { askedForMs } = await theirs.read('question');
    expect(askedForMs).toBeGreaterThan(4000);
    expect(askedForMs).toBeLessThanOrEqual(5000);
    expect((await mine.read('question')).askedForMs).toBeUndefined();
  });

  it('go to one of two who saw the same', async () => {
    const { mine, theirs } = create();
    const seen = await seenOf(mine, ['question']);
    expect([...(await mine.claim(seen, 5000))]).toEqual(['question']);
    expect([...(await theirs.claim(seen, 5000))]).toEqual([]);
  });

  it('go to one of two who saw the same old answer', async () => {
    const { mine, theirs } = create();
    await mine.save([saved('question', 'answer')]);
    const seen = await seenOf(mine, ['question']);
    expect([...(await theirs.claim(seen, 5000))]).toEqual(['question']);
    expect([...(await mine.claim(seen, 5000))]).toEqual([]);
  });

  it('are made for all that nobody else has', async () => {
    const { mine, theirs } = create();
    const keys = keysTo(30);
    const seen = await seenOf(mine, keys);
    const taken = ['question 0', 'question 7', 'question 8', 'question 29'];
    await claimed(theirs, taken);
    expect([...(await mine.claim(seen, 5000))]).toEqual(keys.filter((key) => !taken.includes(key)));
  });

  it('are made for each question by one of two who ask them all at once', async () => {
    const { mine, theirs } = create();
    const keys = keysTo(150);
    const seen = await seenOf(mine, keys);
    const both = await Promise.all([mine.claim(seen, 5000), theirs.claim(seen, 5000)]);
    expect(both.flatMap((ours) => [...ours]).sort()).toEqual([...keys].sort());
  });

  it('end when the answer is saved', async () => {
    const { mine, theirs } = create();
    await claimed(mine, ['question']);
    await mine.save([saved('question', 'answer')]);
    const seen = await theirs.read('question');
    expect({ text: textIn(seen), askedForMs: seen.askedForMs }).toEqual({ text: 'answer', askedForMs: undefined });
  });

  it('end when they are released, and leave an older answer as it is', async () => {
    const { mine, theirs } = create();
    await mine.save([saved('old', 'answer', 7000)]);
    await claimed(mine, ['old', 'new']);
    await mine.release(['old', 'new']);
    const [old, fresh] = await Promise.all(['old', 'new'].map(theirs.read));
    expect([old?.askedForMs, fresh?.askedForMs]).toEqual([undefined, undefined]);
    expect(old?.answer?.ageMs).toBeGreaterThanOrEqual(7000);
    expect(await claimed(theirs, ['old', 'new'])).toEqual(['old', 'new']);
  });

  it('are released by those who made them alone', async () => {
    const { mine, theirs } = create();
    await claimed(mine, ['question']);
    await theirs.release(['question', 'another']);
    expect((await theirs.read('question')).askedForMs).toBeGreaterThan(0);
  });

  it('are over when their time is', async () => {
    const { mine, theirs } = create();
    await claimed(mine, ['question'], 50);
    await until('the claim to be over', async () => (await theirs.read('question')).askedForMs === undefined, 2000);
    expect(await claimed(theirs, ['question'])).toEqual(['question']);
  });

  it('may be taken over by who knows of them', async () => {
    const { mine, theirs } = create();
    await claimed(mine, ['question']);
    expect(await claimed(theirs, ['question'])).toEqual(['question']);
    expect((await mine.read('question')).askedForMs).toBeGreaterThan(0);
  });

  it('that were overtaken bring their answer in, until a newer call’s is there', async () => {
    const { mine, theirs } = create();
    await claimed(mine, ['question']);
    await claimed(theirs, ['question']);
    await mine.save([saved('question', 'older', 500)]);
    expect(textIn(await theirs.read('question'))).toBe('older');
    await theirs.save([saved('question', 'newer', 100)]);
    expect(textIn(await mine.read('question'))).toBe('newer');
  });

  it('that were overtaken do not undo a newer answer', async () => {
    const { mine, theirs } = create();
    await claimed(mine, ['question']);
    await claimed(theirs, ['question']);
    await theirs.save([saved('question', 'newer')]);
    await mine.save([saved('question', 'older', 5000)]);
    expect(textIn(await mine.read('question'))).toBe('newer');
  });
});

describe.each(adapters)('questions that meet in one slot %s', (_, create) => {
  const [first, second] = meeting();

  it('never get each other’s answer: the newer one stays', async () => {
    const { mine, theirs } = create();
    await mine.save([saved(first, 'first')]);
    expect(textIn(await theirs.read(second))).toBeUndefined();
    await theirs.save([saved(second, 'second', 5000)]);
    expect([await mine.read(first), await mine.read(second)].map(textIn)).toEqual([undefined, 'second']);
  });

  it('do not wait for each other', async () => {
    const { mine, theirs } = create();
    await claimed(mine, [first]);
    expect((await theirs.read(second)).askedForMs).toBeUndefined();
    expect(await claimed(theirs, [second])).toEqual([second]);
    expect((await mine.read(second)).askedForMs).toBeGreaterThan(0);
  });

  it('leave no answer of the one to a claim on the other', async () => {
    const { mine, theirs } = create();
    await mine.save([saved(first, 'first')]);
    await claimed(theirs, [second]);
    expect([await mine.read(first), await mine.read(second)].map(textIn)).toEqual([undefined, undefined]);
  });

  it('are both claimed and saved at once, with others', async () => {
    const { mine, theirs } = create();
    expect(await claimed(mine, [first, 'another', second])).toEqual([first, 'another', second]);
    await mine.save([saved(first, 'first'), saved(second, 'second'), saved('another', 'third')]);
    const kept = await Promise.all([first, second, 'another'].map(theirs.read));
    expect([
      [undefined, 'second', 'third'],
      ['first', undefined, 'third'],
    ]).toContainEqual(kept.map(textIn));
  });
});

describe.each(adapters)('a row that can’t be read %s', (_, create) => {
  it.each([
    ['of a newer gateway', { format: 2 }],
    ['of another question', { hash: 'ab'.repeat(32) }],
    ['whose answer is spoilt', { answer: bytes('nothing of the kind') }],
    ['whose instant is none', { calledAt: 'long ago' }],
  ])('%s is none, and gives way', async (__, properties) => {
    const { mine, theirs, spoil } = create();
    await mine.save([saved('question', 'answer')]);
    await spoil('question', properties);
    const seen = await theirs.read('question');
    expect(seen).toMatchObject({ answer: undefined, askedForMs: undefined });
    expect([...(await theirs.claim(new Map([['question', seen]]), 5000))]).toEqual(['question']);
    expect(await mine.read('question')).toMatchObject({ answer: undefined, askedForMs: expect.any(Number) });
    await theirs.save([saved('question', 'again')]);
    expect(textIn(await mine.read('question'))).toBe('again');
  });
});

describe('shared answers in Table storage', () => {
  it('come back when their table is deleted under them', async () => {
    const table = client('deleted');
    const answers = tableAnswers(table, { partition, owner: 'mine', clock });
    await claimed(answers, ['question', 'another']);
    await (await table()).deleteTable();
    await answers.save([saved('question', 'answer')]);
    expect(textIn(await answers.read('question'))).toBe('answer');
    await (await table()).deleteTable();
    await answers.release(['another']);
    expect(await claimed(answers, ['another'])).toEqual(['another']);
  });

  it('are kept apart by tenant and application', async () => {
    const table = client('apart');
    await tableAnswers(table, { partition, owner: 'mine', clock }).save([saved('question', 'answer')]);
    const others = tableAnswers(table, { partition: 'other|app', owner: 'mine', clock });
    expect(await others.read('question')).toEqual({});
  });

  it('pass on a refusal as what it is', async () => {
    const wrongKey = azurite.connectionString.replace(/AccountKey=[^;]+/, 'AccountKey=AAAA');
    const answers = tableAnswers(client('answers', wrongKey), { partition, owner: 'mine', clock });
    await expect(answers.read('question')).rejects.toMatchObject({ statusCode: 403 });
    await expect(claimed(answers, ['question'])).rejects.toMatchObject({ statusCode: 403 });
    await expect(answers.claim(new Map([['question', {}]]), 5000)).rejects.toMatchObject({ statusCode: 403 });
  });

  it('are said not to be known, in less than two seconds, when the store does not answer', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    const port = await until('a port', () => (silent.address() as { port: number } | null)?.port);
    const connection = azurite.connectionString.replace(
      /TableEndpoint=http:\/\/[^/]+/,
      `TableEndpoint=http://127.0.0.1:${port}`,
    );
    const answers = tableAnswers(client('answers', connection), { partition, owner: 'mine', clock });
    const asked = clock.monotonic();
    await Promise.all([
      expect(answers.read('question')).rejects.toThrow(),
      expect(answers.claim(new Map([['question', {}]]), 5000)).rejects.toThrow(),
      expect(answers.save([saved('question', 'answer')])).rejects.toThrow(),
    ]);
    expect(clock.monotonic() - asked).toBeLessThan(2000);
    silent.close();
  });
});
