/** Pages of something that is kept bucket by bucket: as many buckets are read as a page takes, and none is held longer than it is read. */
import { bucketOf } from '../buckets.ts';
import { type Stretch, stretchesOf } from '../running/stretches.ts';
import type { InBucket } from './fleet.ts';

/** Where a page begins: in a bucket, behind an id. */
export interface Place {
  readonly bucket: number;
  /** Empty for the bucket's start. */
  readonly after: string;
}

export interface PageWish {
  /** Items at most; at least 1. */
  readonly top: number;
  /** Whether the time is over: then a page ends with the stretch that was read last, with however few items. */
  readonly isOver: () => boolean;
}

export interface PagedItems<T> {
  readonly items: readonly T[];
  /** Where the next page begins; undefined behind the last. */
  readonly next: Place | undefined;
}

export interface Walk<T> {
  readonly buckets: number;
  /** Of the whole fleet, about: by it, as many buckets are read together as have room in memory. */
  readonly expected: number;
  readonly place: Place;
  /** What of a stretch is wanted, sorted by id. */
  readonly read: (stretch: Stretch) => Promise<readonly InBucket<T>[]>;
  readonly idOf: (item: T) => string;
}

/** A page that is full to the last is read on to the end of its stretch only: the next one may be empty, and then is the last. */
export const readPage = async <T>(walk: Walk<T>, { top, isOver }: PageWish): Promise<PagedItems<T>> => {
  const { buckets, expected, place, read, idOf } = walk;
  const items: T[] = [];
  const isBehind = (bucket: number, item: T) => bucket > place.bucket || idOf(item) > place.after;
  for (const stretch of stretchesOf(place.bucket, buckets, expected)) {
    for (const found of await read(stretch)) {
      items.push(...found.items.filter((item) => isBehind(found.bucket, item)));
    }
    const last = items[top - 1];
    if (items.length > top && last !== undefined) {
      return { items: items.slice(0, top), next: { bucket: bucketOf(idOf(last), buckets), after: idOf(last) } };
    }
    const isEnd = stretch.to === buckets;
    if (!isEnd && (items.length === top || isOver())) return { items, next: { bucket: stretch.to, after: '' } };
  }
  return { items, next: undefined };
};

export const start: Place = { bucket: 0, after: '' };

export const printPlace = ({ bucket, after }: Place): string => `${bucket}|${after}`;

/** @returns undefined where no place was printed like that */
export const readPlace = (text: string, buckets: number): Place | undefined => {
  const [, bucket, after] = /^(\d{1,3})\|(.*)$/s.exec(text) ?? [];
  if (bucket === undefined || after === undefined || Number(bucket) >= buckets) return undefined;
  return { bucket: Number(bucket), after };
};
