import { readOwnQuery, readWhole } from '../../src/http/ownQuery.ts';

const names = ['requires', 'asOf', '$top', '$skiptoken'] as const;
const read = (query: string) => readOwnQuery(new URLSearchParams(query), names);
const wrong = (query: string) => {
  const answer = read(query);
  return answer.kind === 'wrong' ? answer.message : answer;
};

describe('the query of one of the gateway’s own addresses', () => {
  it('is read whatever the case of its names, without the platform’s parts', () => {
    expect(read('Requires=AntivirusNotReporting&%24TOP=5&code=key&clientId=default')).toEqual({
      kind: 'query',
      values: { requires: 'AntivirusNotReporting', $top: '5' },
    });
  });

  it('takes an empty $ option for none, as OData does', () => {
    expect(read('$top=&$skiptoken= ')).toEqual({ kind: 'query', values: {} });
  });

  it.each([
    ['require=x', "'require' is not an option here. Did you mean: requires"],
    ['$filter=x', "'$filter' is not an option here. There are: requires, asOf, $top, $skiptoken"],
    ['asOf=', 'asOf: it is empty; give it a value, or leave it out'],
    ['asof=1&asOf=2', 'asOf: it is given more than once'],
    [`${'x'.repeat(80)}=1`, expect.stringMatching(/^'x{57}\.\.\.' is not an option here\./)],
  ])('?%s is refused: %s', (query, message) => {
    expect(wrong(query)).toEqual(message);
  });

  it('says so where there are no options at all', () => {
    const read = readOwnQuery(new URLSearchParams('code=key&$top=1'), []);
    expect(read).toEqual({ kind: 'wrong', message: "'$top' is not an option here. There are none" });
  });
});

describe('a whole number in it', () => {
  const bounds = { usual: 100, most: 1000 };

  it.each([
    [undefined, 100],
    ['1', 1],
    ['1000', 1000],
    ['0005', 5],
  ])('%s is %d', (text, whole) => {
    expect(readWhole('$top', text, bounds)).toEqual({ kind: 'whole', whole });
  });

  it.each(['0', '1001', '-1', '1.5', '1e3', 'all', '99999999999'])('%s is refused, with what would do', (text) => {
    expect(readWhole('$top', text, bounds)).toEqual({
      kind: 'wrong',
      message: `$top: '${text}' will not do; write a whole number from 1 to 1000`,
    });
  });
});
