import * as z from 'zod';
import { shown } from '../../src/connector/schemas/shown.ts';
import { swaggerSchemas } from '../../src/connector/swaggerSchemas.ts';

const written = (named: Readonly<Record<string, z.ZodType>>) => {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { target: 'openapi-3.0', uri: (id) => `#/definitions/${id}` });
  return swaggerSchemas(schemas);
};

describe('a schema in OpenAPI 2.0', () => {
  it('says that null may come in a word that is not the standard’s', () => {
    expect(written({ A: z.string().nullable() }).A).toEqual({ type: 'string', 'x-nullable': true });
  });

  it('is open where it was, and says nothing of it where it was closed', () => {
    const { Ours, Defenders, Counts } = written({
      Ours: z.object({ a: z.int() }),
      Defenders: z.looseObject({}),
      Counts: z.record(z.string(), z.int()),
    });
    expect(Ours).toEqual({ type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] });
    expect(Defenders).toMatchObject({ type: 'object', additionalProperties: true });
    expect(Counts).toMatchObject({ type: 'object', additionalProperties: { type: 'integer' } });
  });

  it('has instants without the pattern of all dates there are', () => {
    expect(written({ A: z.iso.datetime() }).A).toEqual({ type: 'string', format: 'date-time' });
  });

  it('keeps how it is shown', () => {
    expect(written({ A: shown(z.string(), 'A Title', 'And more.', 'advanced') }).A).toEqual({
      type: 'string',
      'x-ms-summary': 'A Title',
      description: 'And more.',
      'x-ms-visibility': 'advanced',
    });
  });
});

describe('a schema that another one uses', () => {
  const part = shown(z.object({ a: z.string() }), 'Part', 'Some part.');

  it('is referred to, and nothing stands beside the reference', () => {
    const { Whole } = written({ Part: part, Whole: z.object({ one: part, maybe: part.optional() }) });
    const reference = { $ref: '#/definitions/Part' };
    expect(Whole?.properties).toEqual({ one: reference, maybe: reference });
  });

  it('is put in its place where more is to be said of it', () => {
    const { Part, Whole } = written({
      Part: part,
      Whole: z.object({ other: shown(part, 'Other', 'Another one.'), none: part.nullable() }),
    });
    expect(Whole?.properties).toEqual({
      other: { ...Part, 'x-ms-summary': 'Other', description: 'Another one.' },
      none: { ...Part, 'x-nullable': true },
    });
  });

  it('is refused where it stands among several', () => {
    expect(() => written({ Both: z.intersection(part, z.object({ b: z.string() })) })).toThrow('OpenAPI 2.0');
  });
});
