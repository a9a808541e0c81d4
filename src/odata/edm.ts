/**
 * As much of OData's type system as a filter needs: which properties an entity has, and what each of them
 * compares with.
 */
export type ScalarName =
  | 'string'
  | 'boolean'
  | 'number'
  | 'dateTimeOffset'
  | 'date'
  | 'timeOfDay'
  | 'duration'
  | 'guid'
  | 'binary'
  | 'null'
  | 'unknown';

export interface ScalarType {
  readonly kind: 'scalar';
  readonly name: ScalarName;
  /** A second form that clients write, such as a number in quotes. */
  readonly alsoTakes?: ScalarName;
  /** A literal of this type, for messages that say what would be right. */
  readonly example?: string;
}

export interface CollectionType {
  readonly kind: 'collection';
  readonly of: Type;
}

export interface ComplexType {
  readonly kind: 'complex';
  /** As a message names it, such as `machine`. */
  readonly name: string;
  readonly properties: Readonly<Record<string, Type>>;
  /** The properties that a message lists when a name is like none; all of them if not given. */
  readonly listed?: readonly string[];
}

export type Type = ScalarType | CollectionType | ComplexType;
export type EntityType = ComplexType;

/** A scalar type, with an example literal for messages. */
export const scalar = (name: ScalarName, example: string = examples[name]): ScalarType => ({
  kind: 'scalar',
  name,
  example,
});

/** A collection of scalars or of complex values. */
export const collection = (of: Type): CollectionType => ({ kind: 'collection', of });

/**
 * Finds a property whatever the case of its letters: Microsoft's own pages write `HealthStatus`.
 *
 * @returns its documented name and its type
 */
export const findProperty = (type: ComplexType, name: string): readonly [string, Type] | undefined => {
  const wanted = name.toLowerCase();
  return Object.entries(type.properties).find(([known]) => known === name || known.toLowerCase() === wanted);
};

/** The type that `Edm.String` and the like stand for; `unknown` for names that a filter cannot judge. */
export const edmType = (name: string): ScalarType => scalar(edmNames.get(name) ?? 'unknown');

/** How a message calls a type. */
export const describeType = (type: Type): string => {
  if (type.kind === 'collection') return 'a list';
  if (type.kind === 'complex') return 'a group of properties';
  return descriptions[type.name];
};

/** A literal of the type; a collection's is one of its elements'. */
export const exampleOf = (type: Type): string | undefined => {
  if (type.kind === 'collection') return exampleOf(type.of);
  return type.kind === 'scalar' ? type.example : undefined;
};

const examples: Readonly<Record<ScalarName, string>> = {
  string: "'text'",
  boolean: 'true',
  number: '1',
  dateTimeOffset: '2018-08-01T00:00:00Z',
  date: '2018-08-01',
  timeOfDay: '12:00:00',
  duration: "duration'P1D'",
  guid: '80fe8ff8-2624-418e-9591-41f0491218f9',
  binary: "binary'AA=='",
  null: 'null',
  unknown: "'text'",
};

const descriptions: Readonly<Record<ScalarName, string>> = {
  string: 'text',
  boolean: 'a boolean',
  number: 'a number',
  dateTimeOffset: 'a date and time',
  date: 'a date',
  timeOfDay: 'a time of day',
  duration: 'a duration',
  guid: 'a GUID',
  binary: 'binary',
  null: 'null',
  unknown: 'a value',
};

const edmNames: ReadonlyMap<string, ScalarName> = new Map<string, ScalarName>([
  ['Edm.String', 'string'],
  ['Edm.Boolean', 'boolean'],
  ['Edm.Byte', 'number'],
  ['Edm.SByte', 'number'],
  ['Edm.Int16', 'number'],
  ['Edm.Int32', 'number'],
  ['Edm.Int64', 'number'],
  ['Edm.Single', 'number'],
  ['Edm.Double', 'number'],
  ['Edm.Decimal', 'number'],
  ['Edm.DateTimeOffset', 'dateTimeOffset'],
  ['Edm.Date', 'date'],
  ['Edm.TimeOfDay', 'timeOfDay'],
  ['Edm.Duration', 'duration'],
  ['Edm.Guid', 'guid'],
  ['Edm.Binary', 'binary'],
]);
