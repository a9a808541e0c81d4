import type { Answered } from '../../src/defender/answer.ts';
import { comeApart, type Part } from '../../src/machines/comeApart.ts';
import { hostNameLookup, type Lookup, lookupOf } from '../../src/machines/lookup.ts';
import { question } from '../support/defender.ts';

const context = 'https://api.security.microsoft.com/api/$metadata#Machines';
const idOf = (number: number) => number.toString(16).padStart(40, '0');

const lookup = (...asked: Parameters<typeof question>): Lookup => {
  const found = lookupOf(question(...asked));
  if (!found) throw new Error('this question does not travel');
  return found;
};
const byId = (number: number) => lookup('machine', { pathValue: idOf(number) });
const byIdAsList = (number: number) => lookup('listMachines', { query: [['$filter', `id eq '${idOf(number)}'`]] });
const byName = (name: string) => lookup('listMachines', { query: [['$filter', `computerDnsName eq '${name}'`]] });

const answeredWith = (body: string, headers: Record<string, string> = {}): Answered => ({
  kind: 'answered',
  status: 200,
  headers: { 'content-type': 'application/json', ...headers },
  body: new TextEncoder().encode(body),
});
const merged = (rows: readonly unknown[], beside: object = { '@odata.context': context }): Answered =>
  answeredWith(JSON.stringify({ ...beside, value: rows }));

const textOf = (part: Part) =>
  part.kind === 'found' ? new TextDecoder().decode(part.answered.body) : 'it is uncertain';
const partsOf = (answer: Answered, asked: readonly Lookup[]) => asked.map(comeApart(answer, asked)).map(textOf);

const uncertain = 'it is uncertain';
const one = { id: idOf(1), computerDnsName: 'srv1' };
const two = { id: idOf(2), computerDnsName: 'srv2' };

describe('the part of a list in an answer to many', () => {
  it('is its rows, to the letter, and the context', () => {
    const odd = `{ "id":"${idOf(1)}","computerDnsName":"srv1", "osBuild":1.0,"tag":"\\u00fc ü" }`;
    const answer = answeredWith(`{"@odata.context":"${context}","value":[${odd} , ${JSON.stringify(two)}]}`);
    expect(partsOf(answer, [byName('srv1'), byName('srv2')])).toEqual([
      `{"@odata.context":"${context}","value":[${odd}]}`,
      `{"@odata.context":"${context}","value":[${JSON.stringify(two)}]}`,
    ]);
  });

  it('is all of its rows, in their order', () => {
    const twin = { id: idOf(3), computerDnsName: 'srv1' };
    expect(partsOf(merged([twin, two, one]), [byName('srv1'), byName('srv2')])[0]).toBe(
      JSON.stringify({ '@odata.context': context, value: [twin, one] }),
    );
  });

  it('has no context where the whole has none, or none that is a text', () => {
    const bare = [JSON.stringify({ value: [one] })];
    expect(partsOf(merged([one], {}), [byName('srv1')])).toEqual(bare);
    expect(partsOf(merged([one], { '@odata.context': 1 }), [byName('srv1')])).toEqual(bare);
  });

  it('is uncertain where it has no row', () => {
    expect(partsOf(merged([one]), [byName('srv1'), byName('srv2')])).toEqual([
      JSON.stringify({ '@odata.context': context, value: [one] }),
      uncertain,
    ]);
  });

  it('is uncertain where a row has other letters, and the others’ parts are not', () => {
    const loud = { id: idOf(1), computerDnsName: 'SRV1' };
    const asked = [byName('srv1'), byName('SRV1'), byName('srv2')];
    const own = JSON.stringify({ '@odata.context': context, value: [two] });
    expect(partsOf(merged([loud, two]), asked.toSpliced(1, 1))).toEqual([uncertain, own]);
    expect(partsOf(merged([one, loud, two]), asked)).toEqual([uncertain, uncertain, own]);
  });
});

describe('the part of a machine in an answer to many', () => {
  it('is the machine, in the context of one', () => {
    expect(partsOf(merged([two, one]), [byId(1), byId(2)])).toEqual(
      [one, two].map((row) => JSON.stringify({ '@odata.context': `${context}/$entity`, ...row })),
    );
  });

  it('is the machine alone where the whole has no context', () => {
    expect(partsOf(merged([one], {}), [byId(1)])).toEqual([JSON.stringify(one)]);
  });

  it('is uncertain where there are two of one id, though a list would hold both', () => {
    const twin = { ...one, computerDnsName: 'other' };
    expect(partsOf(merged([one, twin, two]), [byId(1), byIdAsList(1), byId(2)])).toEqual([
      uncertain,
      JSON.stringify({ '@odata.context': context, value: [one, twin] }),
      expect.stringContaining(idOf(2)),
    ]);
  });
});

describe('the part of a host name in an answer to many', () => {
  const asked = ['SRV1', 'srv2', 'srv'].map(hostNameLookup);
  const rows = ['srv1', 'Srv1.contoso.com', 'srv10.contoso.com', 'srv2.a.b', 'web', null].map((computerDnsName, i) => ({
    id: idOf(i),
    computerDnsName,
  }));

  it('is the machines with that first label, whatever the domain and the letters', () => {
    expect(partsOf(merged(rows), asked).slice(0, 2)).toEqual([
      JSON.stringify({ '@odata.context': context, value: [rows[0], rows[1]] }),
      JSON.stringify({ '@odata.context': context, value: [rows[3]] }),
    ]);
  });

  it('is an empty list where there is none', () => {
    expect(partsOf(merged(rows), asked)[2]).toBe(JSON.stringify({ '@odata.context': context, value: [] }));
    expect(partsOf(merged([]), asked)[0]).toBe(JSON.stringify({ '@odata.context': context, value: [] }));
  });
});

describe('an answer to many', () => {
  const asked = [byName('srv1'), byName('srv2')];
  const allUncertain = [uncertain, uncertain];

  it('gives its parts its status and headers, but not what is said of the whole', () => {
    const whole = answeredWith(JSON.stringify({ value: [one] }), {
      'odata-version': '4.0',
      etag: 'W/"1"',
      'last-modified': 'Wed, 21 Oct 2026 07:28:00 GMT',
    });
    for (const each of [byName('srv1'), hostNameLookup('srv1')]) {
      const part = comeApart(whole, [each])(each);
      expect(part).toMatchObject({ kind: 'found', answered: { kind: 'answered', status: 200 } });
      expect(part.kind === 'found' && part.answered.headers).toEqual({
        'content-type': 'application/json',
        'odata-version': '4.0',
      });
    }
  });

  it('is uncertain for all where one row belongs to nobody', () => {
    for (const stranger of [
      { id: idOf(9), computerDnsName: 'srv9' },
      { id: idOf(9), computerDnsName: null },
      { id: idOf(9), computerDnsName: 'srv1 ' },
      { id: idOf(9) },
    ])
      expect(partsOf(merged([one, two, stranger]), asked)).toEqual(allUncertain);
  });

  it('is uncertain for all from 10,000 rows on, because it may have been cut', () => {
    const many = (count: number) => [two, ...Array.from({ length: count - 1 }, () => one)];
    expect(partsOf(merged(many(10_000)), asked)).toEqual(allUncertain);
    expect(partsOf(merged(many(10_000)), [hostNameLookup('srv2')])).toEqual([uncertain]);
    expect(partsOf(merged(many(9999)), asked)[1]).toBe(JSON.stringify({ '@odata.context': context, value: [two] }));
  });

  it('is uncertain for all where it says that there is more', () => {
    const beside = { '@odata.context': context, '@odata.nextLink': `${context}?$skip=2` };
    expect(partsOf(merged([one, two], beside), asked)).toEqual(allUncertain);
    expect(partsOf(merged([one, two], beside), [hostNameLookup('srv1')])).toEqual([uncertain]);
  });

  it.each([
    ['no JSON', 'Service Unavailable'],
    ['no list', '{"id":"1"}'],
    ['cut', '{"value":[{"computerDnsName":"srv1"},'],
    ['a list of something else', '{"value":[{"computerDnsName":"srv1"},"srv2"]}'],
    ['broken within a row', '{"value":[{"computerDnsName":"srv1"},{"computerDnsName" "srv2"}]}'],
    ['empty', ''],
  ])('is uncertain for all where it is %s', (_, body) => {
    expect(partsOf(answeredWith(body), [...asked, hostNameLookup('srv1')])).toEqual([...allUncertain, uncertain]);
  });
});
