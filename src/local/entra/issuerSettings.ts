import * as z from 'zod';

const guid = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'write a GUID in small letters');

/** An application that may ask for tokens of the gateway. */
const application = z.strictObject({
  /** Its client id. */
  id: guid,
  name: z.string().min(1).optional(),
  secret: z.string().min(1),
  /** Its service principal: `oid` and `sub` of its tokens. */
  objectId: guid,
  /** Application roles that it was given. */
  roles: z.array(z.string().min(1)).default([]),
  /**
   * Who signed in through it, and the scopes that this person has granted. Then its tokens are delegated ones. Entra gives such tokens for other
   * grants than client credentials; here the one has to do.
   */
  person: z.strictObject({ objectId: guid, scopes: z.array(z.string().min(1)) }).optional(),
});

export type Application = z.output<typeof application>;

/** What `PUT /_issuer` takes: the settings to change, while the stand-in runs. */
export const issuerChange = z
  .strictObject({
    applications: z.array(application),
    /** `requestedAccessTokenVersion` of the gateway's application. */
    version: z.literal([1, 2]),
    /** 1 second to a day. */
    lifetimeSeconds: z.int().min(1).max(86_400),
    /** Answers with this status instead of keys; null ends it. */
    keysFail: z.int().min(400).max(599).nullable(),
  })
  .partial();

/** What tokens are made of. */
export interface IssuerSettings {
  readonly tenantId: string;
  /** The gateway's application: tokens of version 1 are for its URI, those of 2 for its id. */
  readonly audience: { readonly uri: string; readonly clientId: string };
  readonly applications: readonly Application[];
  readonly version: 1 | 2;
  readonly lifetimeSeconds: number;
  readonly keysFail: number | null;
}
