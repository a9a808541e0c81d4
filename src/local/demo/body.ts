import * as z from 'zod';

const collection = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });
const machine = z.object({ id: z.string() });
const failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** The rows of a collection; undefined where the body is none. */
export const rowsOf = (body: unknown): readonly unknown[] | undefined => collection.safeParse(body).data?.value;

export const nextLinkOf = (body: unknown): string | undefined => collection.safeParse(body).data?.['@odata.nextLink'];

/** The id of a single machine. */
export const machineIdOf = (body: unknown): string | undefined => machine.safeParse(body).data?.id;

/** Defender's error envelope; undefined where the body is none. */
export const errorOf = (body: unknown): { readonly code: string; readonly message: string } | undefined =>
  failure.safeParse(body).data?.error;
