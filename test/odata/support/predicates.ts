import * as fc from 'fast-check';

/** What a machine has here; instants are whole milliseconds, so that `Date` can judge them too. */
export interface TestMachine extends Record<string, unknown> {
  readonly healthStatus: string | null;
  readonly computerDnsName: string;
  readonly osBuild: number | null;
  readonly lastSeen: string;
  readonly isAadJoined: boolean | null;
  readonly machineTags: readonly string[];
}

/** A filter as text, and what it means as a plain function: true, false or, where a null decides, null. */
export interface Predicate {
  readonly filter: string;
  readonly test: (machine: TestMachine) => boolean | null;
}

const words = ['Active', 'inactive', "O'Brien", 'srv-01', ''];
const instants = [
  '2018-08-01T00:00:00Z',
  '2018-08-01T00:00:00.001Z',
  '2018-08-01T02:00:00+02:00',
  '2026-01-01T00:00:00Z',
];
const quote = (word: string): string => `'${word.split("'").join("''")}'`;

export const machines = (): fc.Arbitrary<TestMachine> =>
  fc.record({
    healthStatus: fc.option(fc.constantFrom(...words)),
    computerDnsName: fc.constantFrom(...words),
    osBuild: fc.option(fc.integer({ min: -2, max: 2 })),
    lastSeen: fc.constantFrom(...instants),
    isAadJoined: fc.option(fc.boolean()),
    machineTags: fc.array(fc.constantFrom(...words), { maxLength: 3 }),
  });

export const predicates = (): fc.Arbitrary<Predicate> => conditions;

type Order = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
const orders = fc.constantFrom<Order[]>('eq', 'ne', 'gt', 'ge', 'lt', 'le');

const compare = (order: Order, a: string | number | null, b: string | number | null): boolean => {
  if (a === null || b === null) return ['eq', 'ge', 'le'].includes(order) ? a === b : order === 'ne' && a !== b;
  return { eq: a === b, ne: a !== b, gt: a > b, ge: a >= b, lt: a < b, le: a <= b }[order];
};

const fold = (text: string | null): string | null => (text === null ? null : text.toLowerCase());

const ofText = fc
  .tuple(
    fc.constantFrom<('healthStatus' | 'computerDnsName')[]>('healthStatus', 'computerDnsName'),
    orders,
    fc.option(fc.constantFrom(...words)),
  )
  .map(
    ([name, order, word]): Predicate => ({
      filter: `${name} ${order} ${word === null ? 'null' : quote(word)}`,
      test: (machine) => compare(order, fold(machine[name]), fold(word)),
    }),
  );

const ofNumber = fc.tuple(orders, fc.integer({ min: -2, max: 2 })).map(
  ([order, number]): Predicate => ({
    filter: `${number} ${order} osBuild`,
    test: ({ osBuild }) => compare(order, number, osBuild),
  }),
);

const ofInstant = fc.tuple(orders, fc.constantFrom(...instants)).map(
  ([order, instant]): Predicate => ({
    filter: `lastSeen ${order} ${instant}`,
    test: ({ lastSeen }) => compare(order, Date.parse(lastSeen), Date.parse(instant)),
  }),
);

const search = { contains: 'includes', startswith: 'startsWith', endswith: 'endsWith' } as const;

const ofSearch = fc
  .tuple(fc.constantFrom<(keyof typeof search)[]>('contains', 'startswith', 'endswith'), fc.constantFrom(...words))
  .map(
    ([name, word]): Predicate => ({
      filter: `${name}(healthStatus, ${quote(word)})`,
      test: ({ healthStatus }) => healthStatus?.toLowerCase()[search[name]](word.toLowerCase()) ?? null,
    }),
  );

const ofList = fc.tuple(fc.constantFrom<('any' | 'all')[]>('any', 'all'), orders, fc.constantFrom(...words)).map(
  ([quantifier, order, word]): Predicate => ({
    filter: `machineTags/${quantifier}(t: t ${order} ${quote(word)})`,
    test: ({ machineTags }) =>
      machineTags[quantifier === 'any' ? 'some' : 'every']((tag) => compare(order, fold(tag), fold(word))),
  }),
);

const ofMembership = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map(
  (members): Predicate => ({
    filter: `healthStatus in (${members.map(quote).join(', ')})`,
    test: ({ healthStatus }) => members.some((member) => fold(member) === fold(healthStatus)),
  }),
);

const joined = fc.constantFrom<('and' | 'or')[]>('and', 'or');

const { condition: conditions } = fc.letrec<{ condition: Predicate }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(ofText, ofNumber, ofInstant, ofSearch, ofList, ofMembership),
    fc.constant<Predicate>({ filter: 'isAadJoined', test: ({ isAadJoined }) => isAadJoined }),
    tie('condition').map(
      ({ filter, test }): Predicate => ({
        filter: `not (${filter})`,
        test: (machine) => opposite(test(machine)),
      }),
    ),
    fc.tuple(tie('condition'), joined, tie('condition')).map(
      ([a, word, b]): Predicate => ({
        filter: `(${a.filter}) ${word} (${b.filter})`,
        test: (machine) =>
          word === 'and' ? both(a.test(machine), b.test(machine)) : either(a.test(machine), b.test(machine)),
      }),
    ),
  ),
}));

const opposite = (value: boolean | null): boolean | null => (value === null ? null : !value);
const both = (a: boolean | null, b: boolean | null): boolean | null =>
  a === false || b === false ? false : a === null || b === null ? null : true;
const either = (a: boolean | null, b: boolean | null): boolean | null => opposite(both(opposite(a), opposite(b)));
