import * as z from 'zod';

const collection = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });
const machine = z.object({ id: z.string() });
const named = z.object({ computerDnsName: z.string() });
const resolution = z.object({
  match: z.string(),
  message: z.string(),
  machine: machine.nullable(),
  candidates: z.array(z.object({ behind: z.string().nullable() })),
});
const batch = z.object({ responses: z.array(z.object({ status: z.number() })) });
const failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** The rows of a collection; undefined where the body is none. */
export const rowsOf = (body: unknown): readonly unknown[] | undefined => collection.safeParse(body).data?.value;

export const nextLinkOf = (body: unknown): string | undefined => collection.safeParse(body).data?.['@odata.nextLink'];

/** The id of a single machine. */
export const machineIdOf = (body: unknown): string | undefined => machine.safeParse(body).data?.id;

/** The names of a collection's machines; those without one left out. */
export const namesOf = (body: unknown): readonly string[] =>
  (rowsOf(body) ?? []).flatMap((row) => named.safeParse(row).data?.computerDnsName ?? []);

/** What the resolver says. */
export const resolutionOf = (body: unknown): z.infer<typeof resolution> | undefined => resolution.safeParse(body).data;

/** The status of each answer in a batch, in the order of the requests. */
export const statusesOf = (body: unknown): readonly number[] =>
  batch.safeParse(body).data?.responses.map(({ status }) => status) ?? [];

/** Defender's error envelope; undefined where the body is none. */
export const errorOf = (body: unknown): { readonly code: string; readonly message: string } | undefined =>
  failure.safeParse(body).data?.error;
