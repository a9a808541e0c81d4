import * as fc from 'fast-check';
import { splice } from '../../../src/odata/collection/splice.ts';
import { memberEdits, membersOf, withMember } from '../../../src/odata/collection/withMember.ts';
import { law } from '../../support/law.ts';
import { anyJson, bytesOf, parsed, printed, textOf } from '../support/json.ts';

const link = '@odata.nextLink';

describe('a top-level member', () => {
  it('is put in, changed or taken out, and nothing else changes', () => {
    // No backslash alone: see `name` in support/json.ts.
    const names = fc.constantFrom(link, 'a', 'b"', 'c\\');
    const objects = fc.dictionary(names, anyJson());
    const json = fc.option(anyJson(), { nil: undefined });
    law(
      fc.property(objects, names, json, fc.infiniteStream(fc.nat()), (object, name, value, choices) => {
        const { [name]: _, ...others } = object;
        const text = value === undefined ? undefined : JSON.stringify(value);
        const changed = withMember(bytesOf(printed(object, choices)), name, text);
        expect(parsed(changed)).toEqual(value === undefined ? others : { ...others, [name]: value });
      }),
    );
  });

  it.each([
    ['{"value":[1]}', '"u"', '{"value":[1],"@odata.nextLink":"u"}'],
    ['{ }', '"u"', '{ "@odata.nextLink":"u"}'],
    ['{"@odata.nextLink" : "old" , "value":[1.0]}', '"u"', '{"@odata.nextLink" : "u" , "value":[1.0]}'],
    ['{"@odata.nextLink":"old","value":[1.0]}', undefined, '{"value":[1.0]}'],
    ['{"value":[1.0],"@odata.nextLink":"old"}', undefined, '{"value":[1.0]}'],
    ['{"a":1,"@odata.nextLink":"old","b":2}', undefined, '{"a":1,"b":2}'],
    ['{"@odata.nextLink":"old"}', undefined, '{}'],
  ])('of %s, given %j, makes %s', (before, json, after) => {
    expect(textOf(withMember(bytesOf(before), link, json))).toBe(after);
  });

  it('can be put behind another, or first where that is missing and nothing is there', () => {
    const put = (text: string) => {
      const found = membersOf(bytesOf(text));
      return found && textOf(splice(bytesOf(text), memberEdits(found, 'count', '2', 'context')));
    };
    expect(put('{"context":"c","value":[]}')).toBe('{"context":"c","count":2,"value":[]}');
    expect(put('{}')).toBe('{"count":2}');
  });

  it.each([
    ['there is nothing to take out', '{"value":[]}', undefined],
    ['the body is no object', '[]', '"u"'],
    ['the body is cut', '{"value":[', '"u"'],
  ])('leaves the very same bytes where %s', (_, text, json) => {
    const body = bytesOf(text);
    expect(withMember(body, link, json)).toBe(body);
  });
});
