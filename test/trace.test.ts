import * as fc from 'fast-check';
import { readTraceparent, traceOf, traceparentOf } from '../src/trace.ts';
import { tracing } from '../src/tracing.ts';
import { law } from './support/law.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parentId = 'b7ad6b7169203331';
const traceparent = `00-${traceId}-${parentId}-01`;
const hexadecimal = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });

describe('a traceparent', () => {
  it('says which trace it is of, and whether that is sampled', () => {
    expect(readTraceparent(traceparent)).toEqual({ traceId, flags: '01' });
    expect(readTraceparent(`00-${traceId}-${parentId}-00`)).toEqual({ traceId, flags: '00' });
  });

  it('of a version to come is read as far as this one knows it', () => {
    expect(readTraceparent(`cc-${traceId}-${parentId}-ff-what the future holds`)).toEqual({ traceId, flags: '03' });
  });

  it.each([
    ['nothing', null],
    ['an empty one', ''],
    ['version ff', `ff-${traceId}-${parentId}-01`],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${parentId}-01`],
    ['a parent of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['capitals', traceparent.toUpperCase()],
    ['something behind version 00', `${traceparent}-x`],
    ['something that hangs on', `cc-${traceId}-${parentId}-01x`],
    ['a line break behind', `${traceparent}\n`],
    ['two in one header', `${traceparent}, ${traceparent}`],
  ])('is none: %s', (_, text) => {
    expect(readTraceparent(text)).toBeUndefined();
  });
});

describe('the trace of a request', () => {
  it("is the first valid one that is offered, under the request's id", () => {
    expect(traceOf('a', null, 'none', traceparent, `00-${'1'.repeat(32)}-${parentId}-01`)).toEqual({
      requestId: 'a',
      traceId,
      flags: '01',
    });
  });

  it('is new where none is offered, and never the same', () => {
    const ids = Array.from({ length: 100 }, () => traceOf('a').traceId);
    expect(new Set(ids).size).toBe(100);
    expect(ids.every((id) => /^(?!0+$)[0-9a-f]{32}$/.test(id))).toBe(true);
  });

  it('is sent on in the same trace, each time under a parent of its own that is valid', () => {
    law(
      fc.property(hexadecimal(32), hexadecimal(16), hexadecimal(2), (trace, parent, flags) => {
        const sent = traceOf('a', `00-${trace}-${parent}-${flags}`);
        const [first, second] = [traceparentOf(sent), traceparentOf(sent)];
        const read = readTraceparent(first);
        return first !== second && read?.traceId === sent.traceId && read.flags === sent.flags;
      }),
    );
  });
});

describe('the trace of what runs now', () => {
  it('goes with all that is awaited, and is nobody else’s', async () => {
    const [a, b] = [traceOf('a'), traceOf('b')];
    const seen = await Promise.all(
      [a, b].map((trace) =>
        tracing.within(trace, async () => {
          await Promise.resolve();
          return tracing.current();
        }),
      ),
    );
    expect(seen).toEqual([a, b]);
    expect(tracing.current()).toBeUndefined();
  });
});
