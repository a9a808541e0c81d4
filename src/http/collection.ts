/** A page of one of the gateway's own lists, in the envelope of Defender's collections; or as CSV. */
import type { AnswerFormat } from './answerFormat.ts';
import { type CsvColumn, csvOf } from './csv.ts';
import type { Reply } from './reply.ts';
import { reusableIfConfirmed } from './reuse.ts';

export interface Collection<Row> {
  /** Absolute: `https://gateway.example/gateway/$metadata#Snapshots`. */
  readonly context: string;
  /** Of all pages; undefined where it is not known without reading them. */
  readonly count?: number | undefined;
  /** Absolute. */
  readonly nextLink?: string | undefined;
  /** What else there is to say, by names such as `@gateway.keptSince`. */
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly rows: readonly Row[];
}

/** How a kind of rows is written. */
export interface Written<Row> {
  readonly columns: readonly CsvColumn<Row>[];
  /** Of the file that CSV is saved as, without `.csv`: letters, digits, `-`. */
  readonly fileName: string;
}

export const collectionReply = <Row>(format: AnswerFormat, page: Collection<Row>, written: Written<Row>): Reply => {
  const { context, count, nextLink, annotations, rows } = page;
  const envelope = { '@odata.context': context, '@odata.count': count, '@odata.nextLink': nextLink, ...annotations };
  return {
    status: 200,
    headers: {
      ...headersOf(format, written),
      // No link of ours holds what would have to be escaped there.
      ...(nextLink === undefined ? {} : { link: `<${nextLink}>; rel="next"` }),
    },
    body: format === 'csv' ? csvOf(written.columns, rows) : JSON.stringify({ ...envelope, value: rows }),
  };
};

/** One thing by itself; as CSV a list of one. */
export const entityReply = <Row extends object>(
  format: AnswerFormat,
  context: string,
  row: Row,
  written: Written<Row>,
): Reply => ({
  status: 200,
  headers: headersOf(format, written),
  body: format === 'csv' ? csvOf(written.columns, [row]) : JSON.stringify({ '@odata.context': context, ...row }),
});

const headersOf = <Row>(format: AnswerFormat, { fileName }: Written<Row>): Record<string, string> =>
  format === 'csv'
    ? {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="${fileName}.csv"`,
        ...reusableIfConfirmed,
      }
    : {
        'content-type': 'application/json; odata.metadata=minimal; charset=utf-8',
        'odata-version': '4.0',
        ...reusableIfConfirmed,
      };
