import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod';
import { schemaFaults } from '../../schemaFaults.ts';
import { routes } from '../routes.ts';

const routeNames = [...routes.map(({ name }) => name), 'unknown'];

const regex = z.string().refine(
  allowedBy((text) => void new RegExp(text)),
  'is not a regular expression',
);

const headerName = z.string().refine(allowedBy(validateHeaderName), 'is no name of an HTTP header');
const headerValue = z.string().refine(
  allowedBy((text) => validateHeaderValue('any', text)),
  'has characters that an HTTP header cannot have',
);

const match = z.strictObject({
  path: regex.optional(),
  route: z
    .string()
    .refine(isRoute, `is none of ${routeNames.join(', ')}`)
    .optional(),
  method: z.string().optional(),
  nth: z.int().min(1).optional(),
  every: z.int().min(1).optional(),
  times: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
});

const action = z
  .strictObject({
    latencyMs: z.int().min(0).max(600_000),
    status: z.int().min(200).max(599),
    body: z.union([z.string(), z.record(z.string(), z.unknown())]),
    headers: z.record(headerName, headerValue),
    retryAfter: z.union([z.int().min(0), headerValue]),
    cut: z.int().min(0),
    reset: z.literal(true),
    garbage: z.literal(true),
    hang: z.literal(true),
    redirect: headerValue,
    expireToken: z.literal(true),
  })
  .partial()
  .refine((wanted) => Object.keys(wanted).length > 0, 'says nothing to do');

const rule = z.strictObject({ match: match.default({}), do: action });

/**
 * A list of rules. The first whose turn it is decides; each counts the calls that its `path`, `route` and `method`
 * fit, whoever decides.
 *
 * ```json
 * [
 *   { "match": { "path": "^/api/machines", "nth": 3 }, "do": { "status": 503, "retryAfter": 5 } },
 *   { "match": { "route": "alertMachine", "every": 10, "times": 4 }, "do": { "latencyMs": 2000, "cut": 100 } },
 *   { "match": { "probability": 0.01 }, "do": { "reset": true } }
 * ]
 * ```
 *
 * `match`: `path` a regular expression over path and query as sent; `route` a name as in the arrivals; `method`;
 * `nth` that call only, counted from 1; `every` each n-th; `times` at most so often; `probability` 0 to 1, drawn from
 * the seed. What is not said fits every call.
 *
 * `do`: `latencyMs` more milliseconds before the answer; `status` with `body` (text, or JSON), `headers` and
 * `retryAfter` (seconds, or a date in HTTP's form) in place of the answer, the body being Defender's envelope where
 * none is given; `body` and `headers` without `status` change the real answer; `cut` ends the connection after so
 * many bytes of the body; `reset` ends it before any; `garbage` sends what is no JSON as JSON; `hang` never answers;
 * `redirect` sends a 307 there; `expireToken` says 401 as for an expired token. Calls count for the quota all the same.
 */
export const faultRules = z.array(rule);

export type FaultRule = z.infer<typeof rule>;
export type FaultAction = z.infer<typeof action>;

/** Rules from JSON. @throws Error that names each wrong field: `[0].do.latencyMs: …` */
export const readFaultRules = (value: unknown): readonly FaultRule[] => {
  const read = faultRules.safeParse(value);
  if (read.success) return read.data;
  throw new Error(`faults: ${schemaFaults(read.error)}`);
};

function isRoute(name: string): boolean {
  return routeNames.includes(name);
}

function allowedBy(check: (text: string) => void): (text: string) => boolean {
  return (text) => {
    try {
      check(text);
      return true;
    } catch {
      return false;
    }
  };
}
