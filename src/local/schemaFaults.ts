import type * as z from 'zod';

/** A schema's complaints in one line, each with the field it is about: `[0].do.latencyMs: expected number, …`. */
export const schemaFaults = (error: z.ZodError): string =>
  error.issues.map((issue) => `${fieldOf(issue.path)}: ${issue.message}`).join('; ');

const fieldOf = (path: readonly PropertyKey[]): string => {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text.replace(/^\./, '') || 'the whole';
};
