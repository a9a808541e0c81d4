import { rowsOf, withOwnNextLink } from '../../src/defender/links.ts';

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const text = (body: Uint8Array) => new TextDecoder().decode(body);
const here = 'https://gateway.example/testwdatppreview/machinesecuritystates';

describe('the next link', () => {
  it('leads to us with the token of Defender, and nothing else changes', () => {
    const answer = {
      '@odata.count': 444,
      '@odata.nextLink': `https://graph.microsoft.com/testwdatppreview/machinesecuritystates?$skiptoken=a%2Bb`,
      value: [{ id: '1' }],
    };
    expect(text(withOwnNextLink(bytes(answer), here))).toBe(
      JSON.stringify({ ...answer, '@odata.nextLink': `${here}?$skiptoken=a%2Bb` }),
    );
  });

  it('never leads to a host that the answer names', () => {
    const answer = { '@odata.nextLink': 'https://evil.example/x?$skiptoken=1#?y', value: [] };
    expect(text(withOwnNextLink(bytes(answer), here))).toContain(`${here}?$skiptoken=1"`);
  });

  it('changes without a digit of the rest', () => {
    const body = new TextEncoder().encode(
      `{ "value": [ {"score": 1.0} ], "@odata.nextLink": "https:\\/\\/g\\/?$skiptoken=1" }`,
    );
    expect(text(withOwnNextLink(body, here))).toBe(
      `{ "value": [ {"score": 1.0} ], "@odata.nextLink": "${here}?$skiptoken=1" }`,
    );
  });

  it('is not added to a last page', () => {
    const body = bytes({ value: [] });
    expect(withOwnNextLink(body, here)).toBe(body);
  });
});

describe('the rows of an answer', () => {
  it.each([
    [{ value: [1, 2] }, 2],
    [{ value: 'no' }, undefined],
    [{}, undefined],
    [null, undefined],
  ])('of %j are %j', (answer, rows) => {
    expect(rowsOf(bytes(answer))).toBe(rows);
  });

  it('can not be told of a body that is no JSON, nor can its link', () => {
    const cut = new TextEncoder().encode('{"value":[{"id":"1"},');
    expect(() => rowsOf(cut)).toThrow(SyntaxError);
    expect(() => withOwnNextLink(cut, here)).toThrow(SyntaxError);
  });
});
