import * as fc from 'fast-check';
import { readableJson } from '../../src/http/readableJson.ts';
import { law } from '../support/law.ts';

describe('readable JSON', () => {
  it('keeps on one line what fits there', () => {
    const page = {
      name: 'alertMachine',
      limits: [
        { name: 'minute', left: 59 },
        { name: 'hour', left: 1459 },
      ],
      blocked: null,
    };
    expect(readableJson(page, 60)).toBe(
      [
        '{',
        '  "name": "alertMachine",',
        '  "limits": [',
        '    { "name": "minute", "left": 59 },',
        '    { "name": "hour", "left": 1459 }',
        '  ],',
        '  "blocked": null',
        '}',
      ].join('\n'),
    );
  });

  it('says the same as JSON without spaces', () =>
    law(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 80 }), (value, width) => {
        expect(JSON.parse(readableJson(value, width))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    ));

  it('leaves out what is not there', () => {
    expect(JSON.parse(readableJson({ a: undefined, b: [undefined, 1] }, 0))).toEqual({ b: [null, 1] });
  });
});
