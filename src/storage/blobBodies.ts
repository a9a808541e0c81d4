/** Bodies as blobs of a container, which is made when it is first needed and is not there. */
import type { ContainerClient } from '@azure/storage-blob';
import { type Clock, systemClock } from '../clock.ts';
import type { BlobAccount } from './blobAccount.ts';
import { blobContainer } from './blobContainer.ts';
import type { Bodies } from './bodies.ts';
import { inTime, retrying, type Within } from './tableRetries.ts';
import { statusOf, unless } from './tableService.ts';

export interface BodiesOptions {
  readonly clock?: Pick<Clock, 'sleep'>;
  /** Milliseconds that one attempt may take. */
  readonly answerWithinMs?: number;
}

const headers = { blobContentType: 'application/json' } as const;

/** @param container 3 to 63 lower case letters, digits and single hyphens ("Naming and referencing containers, blobs, and metadata") */
export const blobBodies = (
  account: BlobAccount,
  container: string,
  { clock = systemClock, answerWithinMs = 15_000 }: BodiesOptions = {},
): Bodies => {
  const client = blobContainer(account, container);
  const asked = async <T>(ask: (blobs: ContainerClient, within: Within) => Promise<T>): Promise<T> => {
    const blobs = await client();
    return retrying(clock, () => inTime(clock, (within) => ask(blobs, within), answerWithinMs)).catch(
      (cause: unknown) => {
        throw new Error(`the container ${container} is out of reach`, { cause });
      },
    );
  };
  return {
    put: (name, text) => asked((blobs, within) => put(blobs, name, text, within)),
    get: (name) => asked((blobs, within) => unless([404], () => textIn(blobs, name, within))),
    async remove(name) {
      await asked((blobs, within) => unless([404], () => blobs.deleteBlob(name, within)));
    },
  };
};

const put = async (blobs: ContainerClient, name: string, text: string, within: Within): Promise<void> => {
  const upload = () =>
    blobs.uploadBlockBlob(name, text, Buffer.byteLength(text), { blobHTTPHeaders: headers, ...within });
  try {
    await upload();
  } catch (fault) {
    if (statusOf(fault) !== 404) throw fault;
    await blobs.createIfNotExists(within);
    await upload();
  }
};

const textIn = async (blobs: ContainerClient, name: string, within: Within): Promise<string> => {
  const { readableStreamBody } = await blobs.getBlobClient(name).download(0, undefined, within);
  const pieces: Uint8Array[] = [];
  for await (const piece of readableStreamBody ?? []) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString('utf8');
};
