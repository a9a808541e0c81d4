import type { Answered } from '../../src/defender/answer.ts';
import { createKeptAnswers, type Kept, mostKeptBytes } from '../../src/machines/keptAnswers.ts';

const mebibyte = 1024 * 1024;
const kept = (body: Uint8Array, sentAt = 0): Kept => ({
  answered: { kind: 'answered', status: 200, headers: { 'odata-version': '4.0' }, body } satisfies Answered,
  sentAt,
  lifetime: 60,
});
const sized = (bytes: number, sentAt = 0) => kept(new Uint8Array(bytes), sentAt);

describe('an answer kept in memory', () => {
  it('is given as it was, and nothing is given for what is not there', () => {
    const answers = createKeptAnswers(mebibyte);
    const answer = kept(new TextEncoder().encode('{"id":"ü"}'), 7);
    expect(answers.keep('a', answer)).toBe(true);
    expect(answers.get('a')).toEqual(answer);
    expect(answers.get('b')).toBeUndefined();
  });

  it.each<[string, () => Uint8Array]>([
    ['a piece of a larger buffer', () => new Uint8Array(4096).subarray(100, 600)],
    ['the beginning of one', () => new Uint8Array(new ArrayBuffer(4096), 0, 500)],
    ['cut out of 36 MiB', () => Buffer.allocUnsafeSlow(36 * mebibyte).subarray(0, 500)],
    ['of the pool that small buffers share', () => Buffer.from('{"id":"1"}')],
    ['a Buffer of its own', () => Buffer.allocUnsafeSlow(500)],
  ])('holds the bytes of its body alone, where that was %s', (_, cut) => {
    const answers = createKeptAnswers(mebibyte);
    const body = cut();
    body.fill(0x20).set([0x7b, 0x7d]);
    const copy = [...body];
    answers.keep('a', kept(body));
    const held = answers.get('a')?.answered.body;
    expect(held?.buffer.byteLength).toBe(copy.length);
    expect([...(held ?? [])]).toEqual(copy);
    expect(answers.get('a')?.answered).toMatchObject({ status: 200, headers: { 'odata-version': '4.0' } });
  });

  it('is of the latest call, in whichever order the answers come', () => {
    const answers = createKeptAnswers(mebibyte);
    expect(answers.keep('a', sized(1, 200))).toBe(true);
    expect(answers.keep('a', sized(2, 100))).toBe(false);
    expect(answers.get('a')?.sentAt).toBe(200);
    expect(answers.get('a')?.answered.body).toHaveLength(1);
    expect(answers.keep('a', sized(3, 300))).toBe(true);
    expect(answers.get('a')?.sentAt).toBe(300);
    expect(answers.keep('b', sized(2, 100))).toBe(true);
  });

  it('is one of a mebibyte at most', () => {
    const answers = createKeptAnswers(64 * mebibyte);
    expect(mostKeptBytes).toBe(mebibyte);
    expect(answers.keep('a', sized(mebibyte))).toBe(true);
    expect(answers.get('a')).toBeDefined();
    expect(answers.keep('b', sized(mebibyte + 1))).toBe(false);
    expect(answers.get('b')).toBeUndefined();
  });

  it('makes room for another where it was used longest ago', () => {
    const answers = createKeptAnswers(mebibyte);
    const third = sized(300 * 1024);
    for (const key of ['a', 'b', 'c']) answers.keep(key, third);
    answers.get('a');
    answers.keep('d', third);
    expect(['a', 'b', 'c', 'd'].filter((key) => answers.get(key))).toEqual(['a', 'c', 'd']);
  });

  it('is not used by an older one that is held against it', () => {
    const answers = createKeptAnswers(mebibyte);
    for (const key of ['a', 'b', 'c']) answers.keep(key, sized(300 * 1024, 100));
    answers.keep('a', sized(10, 50));
    answers.keep('d', sized(300 * 1024, 100));
    expect(answers.get('a')).toBeUndefined();
  });

  it('counts with its key and what surrounds it: no more are there than fit with both', () => {
    const answers = createKeptAnswers(mebibyte);
    for (let i = 0; i < 2000; i++) answers.keep(`${i}`.padStart(512, '-'), sized(0));
    const held = Array.from({ length: 2000 }, (_, i) => answers.get(`${i}`.padStart(512, '-'))).filter(Boolean);
    expect(held.length).toBeGreaterThan(400);
    expect(held.length).toBeLessThanOrEqual(512);
  });

  it('says so where it finds no room', () => {
    const answers = createKeptAnswers(4096);
    expect(answers.keep('a', sized(8192))).toBe(false);
    expect(answers.get('a')).toBeUndefined();
  });
});
