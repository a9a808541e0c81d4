import { bigPage, isPage } from '../../../bench/economy/measures/bigPage.ts';
import { isWrong } from '../../../bench/economy/report/isWrong.ts';
import { resultLine } from '../../../bench/economy/report/resultLine.ts';
import { ratioOf, spreadOf } from '../../../bench/economy/report/statistics.ts';
import { tally } from '../../../bench/economy/report/tally.ts';
import { megabytes, numbers } from '../../../bench/economy/report/words.ts';

describe('what is told of several measurements', () => {
  it('is the one in the middle, the least and the most', () => {
    expect(spreadOf([5, 1, 3])).toEqual({ median: 3, least: 1, most: 5, times: 3 });
    expect(numbers(spreadOf([1.234, 1, 3]), 2)).toBe('1.23 (1.00 to 3.00, 3 times)');
    expect(() => spreadOf([])).toThrow('nothing was measured');
  });

  it('compares each with the one beside it, so that a slow while changes nothing', () => {
    expect(ratioOf([2, 20, 200], [1, 10, 100])).toEqual({ median: 2, least: 2, most: 2, times: 3 });
    expect(() => ratioOf([1], [1, 2])).toThrow("1 values can't be compared with 2");
  });

  it('says megabytes in millions, and how often each text was there', () => {
    expect(megabytes(12_952_747)).toBe('13.0 MB');
    expect(tally(['a', 'b', 'a'])).toEqual({ a: 2, b: 1 });
  });
});

describe('the last line', () => {
  it('begins with the five figures, in their order, with three decimals', () => {
    const forEach = { lookups: 2000, calls: 67, seconds: 9.87654 };
    const found = { load: { node: '24' }, loadVsHello: 1.23456, forEach, cachedVsEmpty: 0.9, pageVsDirect: null };
    const line = resultLine({ ...found, rssPages: 0.5 }, { page: 'no host' });
    expect(line).toMatch(
      /^\{"forEach":\{"lookups":2000,"calls":67,"seconds":9\.877\},"cachedVsEmpty":0\.9,"pageVsDirect":null,"rssPages":0\.5,"loadVsHello":1\.235,"load"/,
    );
    expect(JSON.parse(line)).toMatchObject({ node: process.versions.node, failed: { page: 'no host' } });
  });

  it('says nothing of failures where there were none', () => {
    expect(JSON.parse(resultLine({ rssPages: 1 }, {}))).toEqual({ rssPages: 1, node: process.versions.node });
  });

  it('is no good when an answer of the lookups was not Defender’s, of one process or of two', () => {
    expect(isWrong({ rssPages: 1 })).toBe(false);
    expect(isWrong({ forEach: { right: 3 } })).toBe(false);
    expect(isWrong({ forEach: { wrong: { wrong: 1 } } })).toBe(true);
    expect(isWrong({ forEach: { twoProcesses: { wrong: { '429': 1 } } } })).toBe(true);
  });
});

describe('a big page', () => {
  const reply = (machines: number, headers = {}, status = 200) => ({
    status,
    headers,
    body: Buffer.from(JSON.stringify({ value: Array.from({ length: machines }, () => ({ computerDnsName: null })) })),
    milliseconds: 1,
  });

  it('is asked for as it is, and of Defender', () => {
    expect(bigPage).toEqual({ 'accept-encoding': 'identity', 'cache-control': 'no-cache' });
  });

  it('has 10,000 machines that are not compressed, or is none', () => {
    expect(isPage(reply(10_000)).body.length).toBeGreaterThan(10_000);
    expect(() => isPage(reply(9_999))).toThrow('a page has 9999 machines and not 10000');
    expect(() => isPage(reply(10_000, { 'content-encoding': 'gzip' }))).toThrow('asked for as identity');
    expect(() => isPage(reply(10_000, {}, 429))).toThrow('a page gave 429');
  });
});
