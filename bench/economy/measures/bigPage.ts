/** Pages as big as they get. */
import type { Reply } from '../client/client.ts';

/** More than a page. */
export const bigFleet = 12_000;

/** Not compressed, and asked of Defender every time. */
export const bigPage = { 'accept-encoding': 'identity', 'cache-control': 'no-cache' };

const rows = 10_000;

/** The same reply. @throws when it is not 10,000 machines in plain bytes */
export const isPage = (reply: Reply): Reply => {
  const { status, headers, body } = reply;
  if (status !== 200) throw new Error(`a page gave ${status}: ${body.toString('utf8', 0, 300)}`);
  const coding = headers['content-encoding'] ?? 'identity';
  if (coding !== 'identity') throw new Error(`a page came as ${coding} and was asked for as identity`);
  const found = rowsIn(body);
  if (found !== rows) throw new Error(`a page has ${found} machines and not ${rows}`);
  return reply;
};

/** Machines have one of these each. */
const mark = Buffer.from('"computerDnsName":');

/** Counted, not parsed: that would leave a hundred megabytes behind in the process that measures. */
const rowsIn = (body: Buffer): number => {
  let found = 0;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, at + mark.length)) found += 1;
  return found;
};
