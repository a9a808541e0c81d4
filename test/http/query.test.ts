import { queryOf } from '../../src/http/query.ts';

const pairs = (url: string) =>
  queryOf({ url: `https://gateway.example/api/machines${url}`, query: new URL(`https://x/${url}`).searchParams });

describe('the query', () => {
  it('is its names and values', () => {
    expect(pairs('?$top=5&code=k')).toEqual([
      ['$top', '5'],
      ['code', 'k'],
    ]);
  });

  it('names an option twice that was sent twice, though the host has joined the values', () => {
    const url = 'https://gateway.example/api/machines?$top=1&%24Top=2&$skip=1';
    const query = new URLSearchParams([
      ['$top', '1,2'],
      ['$skip', '1'],
    ]);
    expect(queryOf({ url, query })).toEqual([
      ['$top', '1,2'],
      ['$skip', '1'],
      ['$top', '1,2'],
    ]);
  });
});
