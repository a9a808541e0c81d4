import * as fc from 'fast-check';
import { machineType } from '../../src/defender/machineType.ts';
import { optionNames } from '../../src/odata/optionName.ts';
import { printQueryOptions, readQueryOptions } from '../../src/odata/queryOptions.ts';
import { law } from '../support/law.ts';

const ofMachines = { type: machineType, mostTop: 10_000 };

const pairsOf = (query: string): [string, string][] => [...new URLSearchParams(query)];

const sent = (query: string, judge: Parameters<typeof readQueryOptions>[1] = ofMachines): string => {
  const read = readQueryOptions(pairsOf(query), judge);
  return read.kind === 'options' ? decodeURIComponent(printQueryOptions(read.options)) : read.message;
};

describe('readQueryOptions', () => {
  it.each([
    ['$top=5&', '$top=5'],
    ['$filter=&$top=2', '$top=2'],
    ['&&', ''],
    ['$filter=%20+', ''],
    ['$=', ''],
    ['', ''],
  ])('takes empty pieces for nothing: %s', (query, canonical) => {
    expect(sent(query)).toBe(canonical);
  });

  it.each(['code=secret&$top=1', 'clientId=x&$top=1&filter=id', 'pageIndex=1&$top=1&Code=secret'])(
    'neither judges nor keeps what has no dollar sign: %s',
    (query) => {
      expect(readQueryOptions(pairsOf(query), ofMachines)).toEqual({
        kind: 'options',
        options: { others: {}, top: 1 },
      });
    },
  );

  it('takes names in any case and prints options in one order', () => {
    const query = '$SKIP=10&%24count=true&$OrderBy=LastSeen desc&$Top=5&$Filter=HealthStatus+eq+%27Active%27&$expand=x';
    expect(sent(query)).toBe(
      "$filter=healthStatus eq 'Active'&$top=5&$skip=10&$orderby=lastSeen desc&$expand=x&$count=true",
    );
  });

  it.each([
    ['$filer=x', "'$filer' is not an option of OData. Did you mean: $filter"],
    ['$limit=5', "'$limit' is not an option of OData"],
    ['$sort=id', "'$sort' is not an option of OData"],
    ['$Order=id', "'$Order' is not an option of OData. Did you mean: $orderby"],
    ['$top=5&$TOP=6', '$top: it is given more than once'],
    ['$filter=isAadJoined&$filter=true', '$filter: it is given more than once'],
    ['$top=10001', "$top: '10001' is not a whole number from 0 to 10000"],
    ['$top=-1', "$top: '-1' is not a whole number from 0 to 10000"],
    ['$top=ten', "$top: 'ten' is not a whole number from 0 to 10000"],
    ['$top=1.5', "$top: '1.5' is not a whole number from 0 to 10000"],
    ['$skip=-1', "$skip: '-1' is not a whole number from 0 to 9007199254740991"],
    ['$count=True', "$count: 'True' is neither true nor false. Did you mean: true"],
    ['$count=1', "$count: '1' is neither true nor false"],
  ])('says what is wrong with %s', (query, message) => {
    expect(sent(query)).toBe(message);
  });

  it('points at the character of a filter, as the caller wrote it', () => {
    const read = readQueryOptions([['$Filter', " healthStatus EQ 'Active'"]], ofMachines);
    expect(read).toEqual({
      kind: 'wrong',
      option: '$Filter',
      position: 15,
      message:
        "$filter, character 15: 'EQ' is not an operator; operators are lower case. Did you mean:  healthStatus eq 'Active'",
    });
  });

  it.each([
    '$top=0',
    '$top=10000',
    '$skip=0',
    '$skip=250000',
    '$count=false',
    '$select=id,whatever',
    '$orderby=length(id) desc',
    '$search=x',
    '$skiptoken=a b',
  ])('leaves the answer to Defender: %s', (query) => {
    expect(sent(query)).toBe(query);
  });

  it.each([
    ['$select=HealthStatus, ID,VmMetadata/vmId,unknown', '$select=healthStatus, id,vmMetadata/vmId,unknown'],
    ['$orderby=LASTSEEN desc, computerdnsname', '$orderby=lastSeen desc, computerDnsName'],
    ['$select=*', '$select=*'],
  ])('writes the names of properties as documented: %s', (query, canonical) => {
    expect(sent(query)).toBe(canonical);
  });

  it('judges names only where a call documents no options', () => {
    expect(sent('$top=many&$filter=what EVER&$count=perhaps', {})).toBe('$filter=what EVER&$top=many&$count=perhaps');
    expect(sent('$filer=x', {})).toBe("'$filer' is not an option of OData. Did you mean: $filter");
    expect(sent('$top=3&$top=4', {})).toBe('$top: it is given more than once');
  });

  it('prints what it reads back as the same', () => {
    const queries = fc.tuple(fc.option(fc.nat(10_000)), fc.option(fc.nat()), fc.option(fc.string({ unit: 'binary' })));
    law(
      fc.property(queries, ([top, skip, text]) => {
        const filter = text === null ? '' : `id eq '${text.replaceAll("'", "''")}'`;
        const pairs: [string, string][] = [
          ['$top', `${top ?? ''}`],
          ['$skip', `${skip ?? ''}`],
          ['$filter', filter],
        ];
        const read = readQueryOptions(pairs, ofMachines);
        const options = read.kind === 'options' ? read.options : {};
        expect(readQueryOptions(pairsOf(printQueryOptions(options)), ofMachines)).toEqual(read);
      }),
      300,
    );
  });

  it('throws nothing, whatever the pairs', () => {
    const names = fc.oneof(
      fc.constantFrom(...optionNames, '$', '$$'),
      fc.string({ unit: 'binary' }).map((name) => `$${name}`),
    );
    law(
      fc.property(
        fc.array(fc.tuple(names, fc.string({ unit: 'binary' })), { maxLength: 4 }),
        fc.boolean(),
        (pairs, judged) => {
          const read = readQueryOptions(pairs, judged ? ofMachines : {});
          if (read.kind === 'options') printQueryOptions(read.options);
        },
      ),
      500,
    );
  });
});

describe('printQueryOptions', () => {
  it('encodes values and keeps the dollar signs of names', () => {
    const { options } = {
      options: readQueryOptions(
        [
          ['$filter', "id eq 'a b&c=%'"],
          ['$top', '5'],
        ],
        ofMachines,
      ),
    };
    expect(options.kind === 'options' && printQueryOptions(options.options)).toBe(
      "$filter=id%20eq%20'a%20b%26c%3D%25'&$top=5",
    );
  });

  it('writes half a character as the sign that stands for one', () => {
    expect(printQueryOptions({ select: 'a\uD800b' })).toBe(`$select=${encodeURIComponent('a\uFFFDb')}`);
  });
});
