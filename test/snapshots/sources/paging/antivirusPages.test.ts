import { composedSource } from '../../../../src/snapshots/sources/composed.ts';
import { answered, byOffset, idOf, refusal, scriptedLists, span } from '../support/scriptedLists.ts';
import { stagedIds, walk } from '../support/walk.ts';

const small = { pageSize: 10, overlap: 3, staleDays: 7, clock: { monotonic: () => 0 } };
const ids = (first: number, last: number) => span(first, last).map(idOf).sort();

describe('the pages of antivirus reports', () => {
  const reports = (...numbers: readonly number[]) => numbers.map((n) => ({ id: `row ${n}`, machineId: idOf(n) }));
  const linked = (link: (page: number) => string | undefined, most = 10) => {
    const all = reports(...span(1, 24));
    const lists = scriptedLists((_, options) => {
      const from = Number(/^p(\d+)$/.exec(options.get('$skiptoken') ?? '')?.[1] ?? options.get('$skip') ?? 0);
      const next = link(from + most);
      return answered(200, {
        value: all.slice(from, from + most),
        ...(next !== undefined && from + most < all.length && { '@odata.nextLink': next }),
      });
    });
    return { ...lists, source: composedSource({ ...small, defender: lists.defender }) };
  };

  it('follow a link with a token, by its query alone, to our own host', async () => {
    const { source, asked } = linked((at) => `https://evil.example:99/api/other?$top=10&$skiptoken=p${at}&x=a b#c`);
    const walked = await walk(source, 'antivirus');
    expect(stagedIds(walked).flat().sort()).toEqual(ids(1, 24));
    expect(walked.pages.map(({ received }) => received)).toEqual([10, 10, 4]);
    expect(asked.map(({ path, query }) => path + query)).toEqual([
      '/api/deviceavinfo?$top=10',
      '/api/deviceavinfo?$top=10&$skiptoken=p10&x=a%20b',
      '/api/deviceavinfo?$top=10&$skiptoken=p20&x=a%20b',
    ]);
  });

  it('follow a relative link', async () => {
    const { source } = linked((at) => `deviceavinfo?$skiptoken=p${at}`);
    expect(
      stagedIds(await walk(source, 'antivirus'))
        .flat()
        .sort(),
    ).toEqual(ids(1, 24));
  });

  it.each([
    ['an offset', (at: number) => `https://api.security.microsoft.com/api/deviceavinfo?$top=10&$skip=${at}`],
    ['an empty token', () => 'https://x/api/deviceavinfo?$skiptoken='],
    ['no address at all', () => 'http://'],
    ['nothing', () => undefined],
  ])('go on by offsets of their own where the link leads to %s', async (_, link) => {
    const { source, asked } = linked(link);
    expect(
      stagedIds(await walk(source, 'antivirus'))
        .flat()
        .sort(),
    ).toEqual(ids(1, 24));
    expect(asked.map(({ query }) => query)).toEqual([
      '?$top=10',
      '?$top=10&$skip=7',
      '?$top=10&$skip=14',
      '?$top=10&$skip=21',
    ]);
  });

  it('go on where fewer come than were asked for and there is a link', async () => {
    const { source } = linked((at) => `https://x/?$skip=${at}`, 5);
    expect(
      stagedIds(await walk(source, 'antivirus'))
        .flat()
        .sort(),
    ).toEqual(ids(1, 24));
  });

  it('keep the second row of a machine that is the first of a page', async () => {
    const rows = [...span(1, 10), ...span(10, 14)].map((n) => ({ id: idOf(n), machineId: idOf(n) }));
    const lists = scriptedLists((_, options) => byOffset(rows, options));
    const walked = await walk(composedSource({ ...small, defender: lists.defender }), 'antivirus');
    expect(stagedIds(walked).flat()).toHaveLength(15);
  });

  it.each([
    ['the same token', () => 't'],
    ['two tokens in turn', (n: number) => (n % 2 === 0 ? 't' : 'u')],
    ['another token each time, and the same rows', (n: number) => `t${n}`],
  ])('are refused where links go round in circles: %s', async (_, token) => {
    const lists = scriptedLists((_path, _options, n) =>
      answered(200, { value: reports(n % 2, 2 + (n % 2)), '@odata.nextLink': `https://x/?$skiptoken=${token(n)}` }),
    );
    const { end } = await walk(composedSource({ ...small, defender: lists.defender }), 'antivirus');
    expect(end).toMatchObject({ kind: 'refused', reason: expect.stringContaining('does not get on') });
    expect(lists.asked.length).toBeLessThan(6);
  });

  it('are refused after twenty pages without a row', async () => {
    const lists = scriptedLists((_path, _options, n) =>
      answered(200, { value: [], '@odata.nextLink': `https://x/?$skiptoken=${n}` }),
    );
    const { end } = await walk(composedSource({ ...small, defender: lists.defender }), 'antivirus');
    expect(end).toMatchObject({ kind: 'refused', reason: expect.stringContaining('20 pages in a row') });
  });

  it('are refused where the call is not there: a fleet without any report would look like one without antivirus', async () => {
    const lists = scriptedLists(() => refusal(404, 'no such path'));
    const { end } = await walk(composedSource({ ...small, defender: lists.defender }), 'antivirus');
    expect(end).toEqual({ kind: 'refused', reason: 'Defender answered 404 (Said: no such path).' });
  });
});
