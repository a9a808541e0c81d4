import { collectionReply, entityReply } from '../../src/http/collection.ts';

const written = { columns: [{ name: 'id', of: ({ id }: { readonly id: string }) => id }], fileName: 'machines-1' };
const page = {
  context: 'https://gateway.example/gateway/$metadata#SnapshotMachines',
  count: 2,
  nextLink: 'https://gateway.example/gateway/x?$skiptoken=abc',
  rows: [{ id: 'a' }, { id: 'b' }],
};

describe('a page of one of the gateway’s own lists', () => {
  it('has the envelope of Defender’s collections', () => {
    const { status, headers, body } = collectionReply('json', page, written);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json; odata.metadata=minimal; charset=utf-8',
      'odata-version': '4.0',
      'cache-control': 'private, no-cache',
      link: `<${page.nextLink}>; rel="next"`,
    });
    expect(body).toBe(
      `{"@odata.context":"${page.context}","@odata.count":2,"@odata.nextLink":"${page.nextLink}","value":[{"id":"a"},{"id":"b"}]}`,
    );
  });

  it('leaves out what is not known or not there, and says what else there is', () => {
    const { headers, body } = collectionReply(
      'json',
      { context: page.context, annotations: { '@gateway.keptSince': 'then' }, rows: [] },
      written,
    );
    expect(headers.link).toBeUndefined();
    expect(JSON.parse(String(body))).toEqual({
      '@odata.context': page.context,
      '@gateway.keptSince': 'then',
      value: [],
    });
  });

  it('is a file to save as CSV, with the link to the next page in a header', () => {
    const { headers, body } = collectionReply('csv', page, written);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="machines-1.csv"',
      link: `<${page.nextLink}>; rel="next"`,
    });
    expect(body).toBe('id\r\na\r\nb\r\n');
  });
});

describe('one thing by itself', () => {
  it('is an entity in JSON, and a list of one in CSV', () => {
    const context = 'https://gateway.example/gateway/$metadata#Snapshots/$entity';
    const json = entityReply('json', context, { id: 'a' }, written);
    expect(JSON.parse(String(json.body))).toEqual({ '@odata.context': context, id: 'a' });
    expect(entityReply('csv', context, { id: 'a' }, written).body).toBe('id\r\na\r\n');
  });
});
