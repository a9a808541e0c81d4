import * as fc from 'fast-check';
import { entityTag, isKnown } from '../../src/http/entityTag.ts';
import { law } from '../support/law.ts';

const tag = entityTag('{"id":"1"}');
const opaque = tag.slice(2);
const otherTag = fc.stringMatching(/^(W\/)?"[!#-~]{0,30}"$/);
const junk = fc.stringMatching(/^[a-z/* ]{0,8}$/);

describe('the entity tag of a body', () => {
  it('is weak, and short enough for a header', () => {
    expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
  });

  it('is the same for the same bytes, and another for others', () => {
    expect(entityTag(new TextEncoder().encode('{"id":"1"}'))).toBe(tag);
    expect(entityTag('{"id":"2"}')).not.toBe(tag);
  });
});

describe('If-None-Match', () => {
  it.each([
    ['the tag', tag],
    ['the tag as a strong one', opaque],
    ['anything', '*'],
    ['anything, with blanks', ' * '],
    ['a list', `"a", W/"b,c",${tag} , "d"`],
    ['a list with junk in it', `a, "b, ,${tag}`],
    ['no commas', `"a" ${opaque}`],
  ])('knows it by %s', (_, header) => {
    expect(isKnown(tag, header)).toBe(true);
  });

  it.each([
    ['another', '"a"'],
    ['nothing', ''],
    ['the tag without quotes', opaque.slice(1, -1)],
    ['a part of it', `${opaque.slice(0, 9)}"`],
    ['the tag inside another', `"x${opaque.slice(1)}`],
    ['an asterisk among others', '"a", *'],
  ])('does not know it by %s', (_, header) => {
    expect(isKnown(tag, header)).toBe(false);
  });

  it('finds a tag among any others, and only where it is there', () =>
    law(
      fc.property(fc.array(fc.oneof(otherTag, junk)), fc.nat({ max: 9 }), (others, at) => {
        const without = others.filter((other) => !other.includes('*') || other.includes('"'));
        expect(isKnown(tag, without.join(', '))).toBe(false);
        expect(isKnown(tag, without.toSpliced(at, 0, tag).join(', '))).toBe(true);
      }),
    ));

  it.each([
    ['quotes', '"'.repeat(30_001)],
    ['open tags', '"a '.repeat(10_000)],
    ['characters', `"${'a'.repeat(30_000)}`],
    ['tags', '"a",'.repeat(10_000)],
  ])('is read in no time, %s however many', (_, header) => {
    const started = performance.now();
    isKnown(tag, header);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
