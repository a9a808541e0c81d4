/**
 * A row and its marker: a second row where those stand that something is to be done about. Both are written in one transaction on the version
 * of the first. That holds the row's ETag and where the marker stands, so that whoever writes can move it unasked.
 */
import type { TransactionAction } from '@azure/data-tables';
import { Overtaken } from '../../storage/overtaken.ts';
import { settledWrite, standingOf } from '../../storage/tableSettledWrite.ts';
import type { Properties } from './properties.ts';
import { type AlertTable, put, removed } from './tableAlerts.ts';

export interface MarkedRow {
  /** For the message where somebody else was faster. */
  readonly what: string;
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly properties: Properties;
  /** None where nothing is to be done. */
  readonly marker: Row | undefined;
}

interface Row {
  readonly rowKey: string;
  readonly properties: Properties;
}

/** @param marker where it stands, if there is one */
export const versionOf = (etag: string, marker: string | undefined): string => `${marker ?? ''} ${etag}`;

/**
 * @param more to be done in the same transaction
 * @returns the new version
 * @throws Overtaken where somebody else wrote it, or it is gone
 */
export const writeMarked = async (
  { requests, at }: AlertTable,
  { what, partitionKey, rowKey, properties, marker }: MarkedRow,
  version: string,
  more: readonly TransactionAction[] = [],
): Promise<string> => {
  const token = crypto.randomUUID();
  const before = readVersion(version);
  // To the service, no version means any.
  if (before.etag === '') throw new Overtaken(`${what} was never read`);
  const actions: TransactionAction[] = [
    ['update', { partitionKey, rowKey, ...properties, token }, 'Replace', { etag: before.etag }],
    ...(marker ? [put(partitionKey, marker.rowKey, marker.properties)] : []),
    ...(before.marker && before.marker !== marker?.rowKey ? [removed(partitionKey, before.marker)] : []),
    ...more,
  ];
  const etag = await settledWrite(requests.clock, {
    what,
    async send() {
      const { subResponses } = await requests.once((client, within) => client.submitTransaction(actions, within));
      // The service names the row of what is created, but not of what is updated: this one is the first.
      return subResponses[0]?.etag;
    },
    look: async () => standingOf(await at(partitionKey, rowKey), { token }, before.etag),
  });
  return versionOf(etag, marker?.rowKey);
};

/** No row key has a space. */
const readVersion = (version: string) => {
  const space = version.indexOf(' ');
  return { marker: version.slice(0, space), etag: version.slice(space + 1) };
};
