import * as z from 'zod';

const failure = z.strictObject({
  status: z.int().min(400).max(599),
  /** How many requests fail before answers come again. */
  times: z.int().min(1).max(10_000).default(1),
  /** Seconds, sent as `Retry-After`. */
  retryAfter: z.int().min(0).optional(),
});

/** What `PUT /_identity` takes: the settings to change, while the stand-in runs. */
export const identityChange = z
  .strictObject({
    roles: z.array(z.string().min(1)),
    /** Other roles in tokens for these resources, such as `https://graph.microsoft.com`. */
    rolesByResource: z.record(z.string(), z.array(z.string().min(1))),
    /** Seconds ago that tokens were made: the platform gives out what it keeps. */
    ageSeconds: z.int().min(0).max(86_400),
    /** The resource that tokens are for, whatever was asked; null: what was asked. */
    audience: z.string().min(1).nullable(),
    /** 1 second to a day; below 300 the credential asks again for every call. */
    lifetimeSeconds: z.int().min(1).max(86_400),
    /** Fails the next requests; null ends it. */
    fail: failure.nullable(),
  })
  .partial();

/** The settings an answer is made of. */
export interface IdentitySettings {
  readonly header: string;
  readonly roles: readonly string[];
  readonly rolesByResource: Readonly<Record<string, readonly string[]>>;
  readonly ageSeconds: number;
  readonly audience: string | null;
  readonly lifetimeSeconds: number;
  readonly tenantId: string;
  /** Where set, an answer is given for this identity only. */
  readonly clientId: string | undefined;
  readonly fail: z.infer<typeof failure> | null;
}
