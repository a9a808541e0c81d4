import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { calls } from '../../../src/defender/calls.ts';
import { readQuestion } from '../../../src/defender/question.ts';
import { createLists } from '../../../src/machines/lists/lists.ts';
import { memoryPageKey } from '../../../src/machines/memoryPageKey.ts';
import { compareTexts } from './support/compareTexts.ts';
import {
  answered,
  answerOf,
  context,
  from,
  here,
  machines,
  pageOf,
  type Row,
  scriptedFleet,
  span,
  wish,
} from './support/scriptedFleet.ts';

const small = { pageSize: 10, mostRows: 10, overlap: 3 };
const bytes = (text: string) => new TextEncoder().encode(text);
const link = 'https://evil.example/api/machines?=&$skip=10000';

describe('a list of machines', () => {
  it.each(['$top=5', '$top=5&$skip=3', '$skip=3', "$filter=riskScore eq 'High'", '', '$count=false'])(
    'asked with %j is passed on to the byte, and not copied',
    async (query) => {
      const fleet = scriptedFleet(machines(...span(1, 9)), small);
      expect(pageOf(await fleet.ask(query)).body).toBe(fleet.bodies[0]);
    },
  );

  it('is asked of Defender as the caller asked it', async () => {
    const fleet = scriptedFleet(machines(1), small);
    await fleet.ask("$filter=id eq 'a'");
    await fleet.ask('$skip=3&$top=5');
    expect(fleet.asked.map(({ question }) => question.query)).toEqual(["?$filter=id%20eq%20'a'", '?$top=5&$skip=3']);
    expect(fleet.asked[0]?.wish).toBe(wish);
  });

  it('has no link where the caller said how many it wants, even if Defender gives one', async () => {
    const withLink = answered(200, bytes(`{"value":[ {"id":"1"} ],"@odata.nextLink":"${link}"}`));
    const page = pageOf(await scriptedFleet([], { ...small, instead: { 1: withLink } }).ask('$top=1'));
    expect(page.text).toBe('{"value":[ {"id":"1"} ]}');
  });

  it("is as Defender wrote it but for the link, which is put in the place of Defender's", async () => {
    const fleet = scriptedFleet(machines(...span(1, 11)), small);
    const page = pageOf(await fleet.ask(''));
    expect(page.text.replace(/"https:\/\/gateway[^"]*"/, JSON.stringify(link))).toBe(
      new TextDecoder().decode(fleet.bodies[0]),
    );
  });

  it.each([404, 400, 403, 503])('is not looked into where Defender says %d', async (status) => {
    const answer = answered(status, bytes('{"error":{"code":"x"}}'));
    for (const query of ['', '$select=id', '$orderby=id', '$count=true', '$expand=x'])
      expect(answerOf(await scriptedFleet([], { instead: { 1: answer } }).ask(query))).toBe(answer);
  });

  it('that is none is passed on where nothing had to be done with it, and is a fault of Defender where something had', async () => {
    const answer = answered(200, bytes('{"value":7}'));
    expect(answerOf(await scriptedFleet([], { instead: { 1: answer } }).ask(''))).toBe(answer);
    const rows = answered(200, bytes('{"value":[{id:1}]}'));
    for (const query of ['$select=id', '$orderby=id'])
      for (const instead of [answer, rows])
        expect(answerOf(await scriptedFleet([], { instead: { 1: instead } }).ask(query)).kind).toBe('unreachable');
  });

  it('loses the ETag of the answer that it was made from', async () => {
    const fleet = scriptedFleet(machines(...span(1, 11)), small);
    expect(answerOf(await fleet.ask(''))).toMatchObject({ headers: { 'content-type': 'application/json' } });
    expect(answerOf(await fleet.ask(''))).not.toHaveProperty('headers.etag');
    expect(answerOf(await fleet.ask('$top=1'))).toHaveProperty('headers.etag');
  });

  it('with options that only Defender knows goes on to Defender, and its link is left out with a warning', async () => {
    const fleet = scriptedFleet(machines(...span(1, 11)), small);
    const page = pageOf(await fleet.ask('$expand=tags&$select=id'));
    expect(fleet.asked[0]?.question.query).toBe('?$select=id&$expand=tags');
    expect(page.next).toBeUndefined();
    expect(page.warning).toContain('walk with $top and $skip');
  });

  it('is closed when the key of the links can not be had, and says why', async () => {
    const pageKey = { get: () => Promise.reject(new Error('no storage')) };
    const fleet = scriptedFleet(machines(...span(1, 11)), { ...small, pageKey });
    const closed = { kind: 'closed', reason: "the key of links to next pages can't be had: no storage" };
    expect(answerOf(await fleet.ask(''))).toMatchObject(closed);
    expect(answerOf(await fleet.ask('$skiptoken=abc'))).toMatchObject(closed);
    expect(pageOf(await fleet.ask('$top=5')).ids).toHaveLength(5);
  });

  it('costs no call while the key of the links can not be had, except where there is never a link', async () => {
    const pageKey = { get: () => Promise.reject(new Error('no storage')) };
    const fleet = scriptedFleet(machines(...span(1, 3)), { ...small, pageKey });
    for (const query of ['', "$filter=healthStatus eq 'Active'", '$skip=1', '$select=id', '$skiptoken=abc'])
      expect(answerOf(await fleet.ask(query)).kind).toBe('closed');
    expect(fleet.asked).toHaveLength(0);
    for (const query of ['$top=5', "$filter=computerDnsName eq 'srv02'", '$orderby=id', '$count=true'])
      expect(answerOf(await fleet.ask(query)).kind).toBe('answered');
  });

  it('leaves other questions alone', async () => {
    const call = calls.find(({ name }) => name === 'userMachines');
    const read = call && readQuestion(call, { pathValue: 'user1', query: [['$skiptoken', 'x']] });
    if (read?.kind !== 'question') throw new Error('no question');
    const answer = from(answered(200, bytes(`{"value":[],"@odata.nextLink":"${link}"}`)));
    const lists = createLists({
      ask: async () => answer,
      pageKey: memoryPageKey(),
      clock: { monotonic: () => 0, wall: () => 0 },
    });
    expect(await lists.ask(read.question, wish, here)).toEqual({ kind: 'told', told: answer });
  });
});

describe('$skiptoken', () => {
  const walked = async () => {
    const fleet = scriptedFleet(machines(...span(1, 16)), small);
    return { fleet, next: pageOf(await fleet.ask('')).next ?? '' };
  };

  it('that is not ours is refused, and the message says how to go on', async () => {
    const { fleet, next } = await walked();
    const { next: foreign = '' } = await walked();
    for (const token of [next.slice(0, -1), `${next}A`, foreign, '$skiptoken=abc'])
      expect(await fleet.ask(token)).toMatchObject({
        kind: 'wrong',
        code: 'ODataError',
        message: expect.stringMatching(/^\$skiptoken: this is no link of the gateway.* Start again/),
      });
    expect(fleet.asked).toHaveLength(1);
  });

  it.each(['$top=5', "$filter=id eq '1'", '$select=id', '$count=false', '$expand=x'])(
    'has no %s beside it',
    async (other) => {
      const { fleet, next } = await walked();
      expect(await fleet.ask(`${next}&${other}`)).toMatchObject({
        kind: 'wrong',
        message: expect.stringMatching(/^\$skiptoken: no other option may stand beside it/),
      });
    },
  );

  it('would not fit in a query with the longest of filters, which are refused with what would be right', async () => {
    const letters = createHash('shake256', { outputLength: 5000 }).update('any').digest('base64url');
    const filter = `id eq '${letters}'`;
    const fleet = scriptedFleet(machines(...span(1, 11)), small);
    expect(await fleet.ask(new URLSearchParams([['$filter', filter]]).toString())).toMatchObject({
      kind: 'wrong',
      message: expect.stringMatching(/^\$filter: more than 10 machines match, and it is too long .*\$top and \$skip$/),
    });
  });
});

describe('$select', () => {
  const rows: readonly Row[] = [
    { id: '1', osBuild: null, vmMetadata: { vmId: 'v', cloudProvider: 'Azure' }, machineTags: ['a'] },
  ];

  it.each([
    ['id', [{ id: '1' }], 'id'],
    ['machinetags, OSBUILD', [{ osBuild: null, machineTags: ['a'] }], 'machineTags,osBuild'],
    ['vmMetadata/vmId', [{ vmMetadata: { vmId: 'v' } }], 'vmMetadata/vmId'],
  ])('of %j leaves %j, and the context says so', async (select, left, named) => {
    const fleet = scriptedFleet(rows, small);
    const page = pageOf(await fleet.ask(`$top=5&$select=${select}`));
    expect(page.json).toEqual({ '@odata.context': `${context}(${named})`, value: left });
    expect(fleet.asked[0]?.question.query).toBe('?$top=5');
  });

  it('of everything leaves the answer as it is', async () => {
    const fleet = scriptedFleet(rows, small);
    expect(pageOf(await fleet.ask('$select=*')).body).toBe(fleet.bodies[0]);
  });

  it('leaves a context alone that is not that of machines', async () => {
    const odd = answered(200, bytes('{"@odata.context":"x","value":[{"id":"1","a":1}]}'));
    expect(pageOf(await scriptedFleet([], { instead: { 1: odd } }).ask('$select=id')).text).toBe(
      '{"@odata.context":"x","value":[{"id":"1"}]}',
    );
  });

  it.each([
    ['computerName', "$select: 'computerName' is not a property of a machine. Did you mean: computerDnsName"],
    ['vmMetadata/vmI', "$select: 'vmI' is not a property of a machine's vmMetadata. Did you mean: vmId"],
    ['ipAddresses/type', "$select: 'ipAddresses' has no properties to choose from"],
    ['id;version', "$select: 'id;version' is not a property, nor a path to one"],
    ['ipAddresses($select=type)', "$select: 'ipAddresses($select=type)' is not a property, nor a path to one"],
  ])('of %j is refused', async (select, message) => {
    const fleet = scriptedFleet(rows, small);
    expect(await fleet.ask(new URLSearchParams([['$select', select]]).toString())).toEqual({
      kind: 'wrong',
      code: 'ODataError',
      message,
    });
    expect(fleet.asked).toHaveLength(0);
  });
});

describe('$orderby and $count', () => {
  const names = ['b', 'C', 'a', 'd', 'A'];
  const rows = names.map((version, i) => ({ id: `${i}`, version, rbacGroupId: i % 2 }));

  it('order and count all that match, then page, then choose properties', async () => {
    const fleet = scriptedFleet(rows, small);
    const page = pageOf(
      await fleet.ask("$filter=riskScore eq 'High'&$orderby=version desc&$count=true&$skip=1&$top=2&$select=version"),
    );
    expect(page.text).toBe(
      `{"@odata.context":"${context}(version)","@odata.count":5,"value":[{"version":"C"},{"version":"b"}]}`,
    );
    expect(decodeURIComponent(fleet.asked[0]?.question.query ?? '')).toBe("?$filter=riskScore eq 'High'");
  });

  it('keep the bytes of each row, and the order of equal ones', async () => {
    const odd = answered(
      200,
      bytes('{"value":[ {"id" : "2", "osBuild":1.0}, {"id":"1","osBuild":0} ,{"id":"3","osBuild":1}]}'),
    );
    const fleet = scriptedFleet([], { instead: { 1: odd } });
    expect(pageOf(await fleet.ask('$orderby=osBuild')).text).toBe(
      '{"value":[{"id":"1","osBuild":0},{"id" : "2", "osBuild":1.0},{"id":"3","osBuild":1}]}',
    );
  });

  it('give what sorting and cutting the rows gives', async () => {
    const options = {
      rows: fc.array(fc.record({ version: fc.string(), id: fc.uuid() }), { maxLength: 9 }),
      top: fc.nat(12),
      skip: fc.nat(12),
    };
    await fc.assert(
      fc.asyncProperty(fc.record(options), async ({ rows: all, top, skip }) => {
        const page = pageOf(
          await scriptedFleet(all, small).ask(`$orderby=version,id desc&$count=true&$top=${top}&$skip=${skip}`),
        );
        const sorted = all.toSorted((a, b) => compareTexts(a.version, b.version) || compareTexts(b.id, a.id));
        expect(page.rows).toEqual(sorted.slice(skip, skip + top));
        expect(page.json['@odata.count']).toBe(all.length);
      }),
      { numRuns: 200 },
    );
  });

  it('count without looking into the rows', async () => {
    const fleet = scriptedFleet(rows, small);
    const text = new TextDecoder();
    const page = pageOf(await fleet.ask('$count=true'));
    expect(page.text).toBe(text.decode(fleet.bodies[0]).replace(',"value"', ',"@odata.count":5,"value"'));
  });

  it.each([
    [
      '$count=true',
      '$count: 10 machines match, or more, and only what Defender gives in one answer can be counted. Give a $filter, or leave $count out',
    ],
    [
      "$orderby=id&$filter=id ne 'x'&$top=1",
      '$orderby: 10 machines match, or more, and only what Defender gives in one answer can be ordered. Narrow $filter, or leave $orderby out',
    ],
  ])('are refused for %s where more match than Defender gives at once', async (query, message) => {
    const fleet = scriptedFleet(machines(...span(1, 10)), small);
    expect(await fleet.ask(query)).toEqual({ kind: 'wrong', code: 'ODataError', message });
  });

  it.each([
    ['lastsean desc', "$orderby: 'lastsean' is not a property of a machine. Did you mean: lastSeen"],
    ['machineTags', "$orderby: 'machineTags' is more than one value, and has no order"],
    ['vmMetadata', "$orderby: 'vmMetadata' is more than one value, and has no order"],
    ['length(id)', "$orderby: 'length(id)' is not a property, with asc or desc behind it"],
    ['id descending', "$orderby: 'id descending' is not a property, with asc or desc behind it"],
  ])('are refused for %j before anything is asked', async (orderBy, message) => {
    const fleet = scriptedFleet(rows, small);
    expect(await fleet.ask(`$orderby=${orderBy}`)).toEqual({ kind: 'wrong', code: 'ODataError', message });
    expect(fleet.asked).toHaveLength(0);
  });
});
