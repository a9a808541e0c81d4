import * as fc from 'fast-check';
import { bytesOf, isLong, writtenBody } from '../../src/operations/keptBody.ts';
import { isOperationId, newOperationId } from '../../src/operations/operationId.ts';
import { isForLater, judge } from '../../src/operations/running/judge.ts';
import { keptHeaders } from '../../src/operations/running/keptHeaders.ts';
import { nextLookSeconds } from '../../src/operations/times.ts';
import { law } from '../support/law.ts';
import { hour, waiting } from './support/operations.ts';
import { answered } from './support/operationWorld.ts';

describe('the id of an operation', () => {
  it('is 32 hexadecimal digits, and no two are the same', () => {
    const ids = Array.from({ length: 1000 }, newOperationId);
    expect(new Set(ids).size).toBe(1000);
    expect(ids.every(isOperationId)).toBe(true);
  });

  it.each(['', '0'.repeat(31), '0'.repeat(33), 'g'.repeat(32), `${'0'.repeat(31)}\n`, `${'0'.repeat(32)}\n`])(
    'is not %j',
    (text) => expect(isOperationId(text)).toBe(false),
  );
});

describe('a body that is kept', () => {
  it('comes back byte for byte', async () => {
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(`\ufeff${text}`)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        const written = writtenBody(body);
        const back = await bytesOf({ get: async () => undefined }, written);
        expect(Buffer.from(back ?? []).equals(body)).toBe(true);
      }),
    );
  });

  it('is for a row as long as it is short, and gone where its blob is', async () => {
    expect(isLong(writtenBody(Buffer.from('x'.repeat(100_000))))).toBe(false);
    expect(isLong(writtenBody(Buffer.from('x'.repeat(100_001))))).toBe(true);
    expect(await bytesOf({ get: async () => undefined }, { encoding: 'utf8', name: 'gone' })).toBeUndefined();
  });
});

describe('the headers of an answer', () => {
  it.each([
    'set-cookie',
    'location',
    'vary',
    'x-request-id',
    'date',
    'content-encoding',
    'content-length',
    'connection',
  ])('are not kept where they are of that moment or of whoever asked: %s', (name) => {
    const { headers } = keptHeaders({ [name]: 'x', 'content-location': '/api/machines', etag: '"1"' });
    expect(headers).toEqual({ 'content-location': '/api/machines', etag: '"1"' });
  });
});

describe('whether a reply is the answer', () => {
  it('depends on whether another one may come: 429, 502, 503 and 504 are none', () => {
    const later = Array.from({ length: 400 }, (_, at) => at + 200).filter(isForLater);
    expect(later).toEqual([429, 502, 503, 504]);
  });

  it('never asks after the deadline, and never sooner than it was told', () => {
    const seconds = fc.integer({ min: 0, max: 8000 });
    const status = fc.constantFrom(429, 500, 502, 503, 504);
    const random = fc.double({ min: 0, max: 0.999, noNaN: true });
    law(
      fc.property(seconds, status, random, fc.nat(7200), fc.nat(20), (retryAfter, refused, chance, age, tries) => {
        const operation = waiting(1, { tries });
        const now = operation.createdAt + age * 1000;
        const tried = answered(refused, '{}', { 'retry-after': String(retryAfter) });
        const judged = judge(operation, tried, { now, random: chance });
        if (judged.kind === 'over') return now + retryAfter * 1000 > operation.deadline - 600_000 || refused === 500;
        return judged.at >= now + retryAfter * 1000 && judged.at <= operation.deadline;
      }),
    );
  });
});

describe('those that were sent away until the same instant', () => {
  const sentAway = (deadline: number, random: number) =>
    judge(waiting(1, { deadline }), answered(429, '{}', { 'retry-after': '60' }), { now: 1000, random });

  it('come back up to a quarter of that later, but not after their deadline', () => {
    expect(sentAway(hour, 0)).toMatchObject({ at: 61_000 });
    expect(sentAway(hour, 0.5)).toMatchObject({ at: 68_500 });
    expect(sentAway(62_000, 0.5)).toMatchObject({ at: 62_000 });
    expect(sentAway(60_999, 0.5)).toEqual({ kind: 'over' });
  });
});

describe('when to look again', () => {
  it('is 2 s at least and five minutes at most, and not before the next try', () => {
    law(
      fc.property(fc.nat(hour), fc.integer({ min: -hour, max: hour }), (age, dueIn) => {
        const now = 1_795_000_000_000;
        const seconds = nextLookSeconds({ createdAt: now - age, due: now + dueIn }, now);
        return seconds >= 2 && seconds <= 300 && (seconds === 300 || seconds * 1000 >= dueIn);
      }),
    );
  });
});
