/** A value with a few of its members gone or replaced by others. Which and by what, the streams tell. */
export const mutated = (value: unknown, choices: Iterator<number>, values: Iterator<unknown>): unknown => {
  const places = placesIn(value);
  const count = 1 + (choices.next().value % 4);
  for (let done = 0; done < count; done += 1) {
    const place = places[choices.next().value % Math.max(1, places.length)];
    if (place) change(place, choices.next().value % 4, values.next().value);
  }
  return value;
};

interface Place {
  readonly parent: Record<string, unknown>;
  readonly name: string;
}

const placesIn = (value: unknown): readonly Place[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, member]) => [
        { parent: value as Record<string, unknown>, name },
        ...placesIn(member),
      ])
    : [];

const change = ({ parent, name }: Place, how: number, value: unknown): void => {
  const member = parent[name];
  if (how === 0) delete parent[name];
  else if (how === 1) parent[name] = value;
  else parent[name] = how === 2 ? [member, value] : typeof member === 'string' ? member.slice(1) : String(member);
};
