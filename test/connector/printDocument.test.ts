import * as fc from 'fast-check';
import { printDocument } from '../../src/connector/printDocument.ts';
import { law } from '../support/law.ts';

describe('the document as text', () => {
  it('has small things on one line, and others on several', () => {
    const document = {
      a: { b: 1 },
      list: ['x', 'y'],
      none: [],
      rows: [
        { p: 1, q: null },
        { p: 2, q: {} },
      ],
    };
    expect(printDocument(document)).toBe(
      `{
  "a": { "b": 1 },
  "list": ["x", "y"],
  "none": [],
  "rows": [
    { "p": 1, "q": null },
    {
      "p": 2,
      "q": {}
    }
  ]
}
`,
    );
  });

  it('has a list that is too long for a line on several', () => {
    const long = 'x'.repeat(60);
    expect(printDocument([long, long])).toBe(`[\n  "${long}",\n  "${long}"\n]\n`);
  });

  it('leaves a long text whole', () => {
    const long = 'x'.repeat(200);
    expect(printDocument({ long })).toBe(`{\n  "long": "${long}"\n}\n`);
  });

  it('says what it is of', () => {
    const long = fc.string({ maxLength: 300 });
    const value = fc.letrec((tie) => ({
      value: fc.oneof(long, fc.jsonValue(), fc.array(tie('value')), fc.dictionary(long, tie('value'))),
    })).value;
    law(
      fc.property(value, (value) => {
        expect(JSON.parse(printDocument(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
