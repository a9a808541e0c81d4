/** Formats that come alone or as the answer of an API: `{"value":[…]}`. */
import type { Item } from './format.ts';
import { isObject, within } from './members.ts';

/** One value of a format; undefined where it is of another one. */
export type ReadOne = (value: unknown, place: string) => readonly Item[] | undefined;

/** A list is of the format where one of its items is; the others of it are then wrong. @param title for messages */
export const oneOrList =
  (title: string, readOne: ReadOne): ReadOne =>
  (value, place) => {
    const list = isObject(value) ? value.value : undefined;
    const one = readOne(value, place);
    if (one !== undefined || !Array.isArray(list)) return one;
    const placed = list.map((item, index) => ({ item, at: within(place, `value[${index}]`) }));
    const read = placed.map(({ item, at }) => ({ at, items: readOne(item, at) }));
    if (read.every(({ items }) => items === undefined)) return undefined;
    return read.flatMap(
      ({ at, items }): readonly Item[] =>
        items ?? [{ kind: 'wrong', place: at, message: `This is no ${title}, as others here are.` }],
    );
  };
