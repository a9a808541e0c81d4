import * as fc from 'fast-check';
import { countRows, rowAt, sliceRows } from '../../src/odata/collection.ts';
import { law } from '../support/law.ts';
import { anyJson, bytesOf, type Json, parsed, printed, textOf } from './support/json.ts';

describe('the rows of a collection', () => {
  it('are found where they stand, whatever stands in and around them, however it is written', () => {
    const tops = fc.record({ before: members(), rows: fc.array(anyJson()), after: members() });
    law(
      fc.property(tops, fc.infiniteStream(fc.nat()), ({ before, rows, after }, choices) => {
        const body = bytesOf(printed({ ...before, value: rows, ...after }, choices));
        const sliced = sliceRows(body);
        if (sliced === undefined) throw new Error(`found none in ${textOf(body)}`);
        expect(sliced.starts.map((_, i) => parsed(rowAt(body, sliced, i)))).toEqual(rows);
        expect(parsed(emptied(body, sliced))).toEqual({ ...before, value: [], ...after });
      }),
    );
  });

  it('are counted as JSON.parse counts them, in any JSON', () => {
    law(
      fc.property(fc.oneof(anyJson(), members()), fc.infiniteStream(fc.nat()), (json, choices) => {
        expect(countRows(bytesOf(printed(json, choices)))).toBe(listLength(json));
      }),
    );
  });

  it('are none where the body is cut, wherever that is', () => {
    const body = bytesOf('{"@odata.context":"c","value":[{"id":"a\\"]}","tags":["ü"]},{"n":1.5}],"last":true}');
    expect(countRows(body)).toBe(2);
    for (let length = 0; length < body.length; length++) expect(countRows(body.subarray(0, length))).toBeUndefined();
  });

  it.each([
    ['a second answer behind the first', '{"value":[1]}{"value":[1]}'],
    ['a comma behind the last row', '{"value":[1,]}'],
    ['rows without a comma', '{"value":[{} {}]}'],
    ['a name without quotes', '{value:[1]}'],
    ['a member without a value', '{"value":[1],"a":}'],
    ['a name without a colon', '{"value"[1]}'],
    ['a name that is no text', '{"\\q":1,"value":[1]}'],
    ['a list that closes as an object', '{"value":[1}}'],
    ['nothing', ''],
  ])('are none where there is %s', (_, text) => {
    expect(sliceRows(bytesOf(text))).toBeUndefined();
  });

  it('are those of the top level, not of an annotation or a row that has a value of its own', () => {
    expect(countRows(bytesOf('{"a":{"value":[1,2]},"value":[{"value":[3,4,5]}]}'))).toBe(1);
    expect(countRows(bytesOf('{"a":{"value":[1,2]}}'))).toBeUndefined();
    expect(countRows(bytesOf('[{"value":[1]}]'))).toBeUndefined();
  });

  it('are found under an escaped name, behind a byte order mark, and in the last of two', () => {
    expect(countRows(bytesOf('{"val\\u0075e":[1,2]}'))).toBe(2);
    expect(countRows(bytesOf('\uFEFF {"value":[1,2]}'))).toBe(2);
    expect(countRows(bytesOf('{"value":[1,2],"value":[1]}'))).toBe(1);
    expect(countRows(bytesOf('{"value":[1,2],"value":"none"}'))).toBeUndefined();
  });
});

const members = (): fc.Arbitrary<Record<string, Json>> =>
  fc.dictionary(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('@odata.context', 'value2', 'a"b', 'b\\')).filter(isOther),
    anyJson(),
  );

const isOther = (name: string): boolean => name !== 'value' && name !== '__proto__';

const emptied = (body: Uint8Array, { opens, closes }: { opens: number; closes: number }): Uint8Array =>
  new Uint8Array([...body.subarray(0, opens), ...body.subarray(closes)]);

const listLength = (json: unknown): number | undefined =>
  typeof json === 'object' && json !== null && 'value' in json && Array.isArray(json.value)
    ? json.value.length
    : undefined;
