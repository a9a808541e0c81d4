/**
 * The committed document, with this gateway's address and its callers' way in. It names both ways; a connector takes the first that stands
 * there ("Create a custom connector from an OpenAPI definition"), so it is to be the one that this gateway knows.
 */
import type { CallerAuth } from '../../callers/access.ts';

/** As much of `docs/connector.swagger.json` as differs from gateway to gateway. */
export interface OpenApiDocument {
  readonly host: string;
  readonly basePath: string;
  readonly schemes: readonly string[];
  readonly securityDefinitions: {
    readonly entra: {
      readonly authorizationUrl: string;
      readonly tokenUrl: string;
      readonly scopes: Readonly<Record<string, string>>;
    };
    readonly key: object;
  };
  readonly security: readonly Requirement[];
  readonly paths: Readonly<Record<string, Methods>>;
}

type Requirement = Readonly<Record<string, readonly string[]>>;
type Methods = Readonly<Record<string, OwnOperation>>;

interface OwnOperation {
  /** An empty one says that anybody may ask. */
  readonly security?: readonly Requirement[];
  readonly responses: Readonly<Record<string, object>>;
}

export interface OwnAddress {
  /** Absolute, with whatever stands in front of each path. */
  readonly url: string;
  readonly callerAuth: CallerAuth;
  /** What tokens must be for; the first that has the form of an address, else the first. */
  readonly audiences: readonly string[];
  /** Where tokens come from, with the tenant: `https://login.microsoftonline.com/<tenant>`. */
  readonly authority: string;
}

export const ownDocument = (document: OpenApiDocument, own: OwnAddress): object => {
  const { protocol, host, pathname } = new URL(own.url);
  const basePath = pathname.replace(/(?<=.)\/$/, '');
  return { ...document, host, basePath, schemes: [protocol.replace(':', '')], ...securityOf(document, own) };
};

const securityOf = (document: OpenApiDocument, { callerAuth, audiences, authority }: OwnAddress): object => {
  const { entra, key } = document.securityDefinitions;
  if (callerAuth === 'key') return { securityDefinitions: { key }, security: [{ key: [] }] };
  const audience = audiences.find((each) => each.startsWith('api://')) ?? audiences[0] ?? '';
  const scopes = Object.entries(entra.scopes).map(([scope, can]) => [ownScope(scope, audience), can] as const);
  const urls = {
    authorizationUrl: `${authority}/oauth2/v2.0/authorize`,
    tokenUrl: `${authority}/oauth2/v2.0/token`,
  };
  return {
    securityDefinitions: { entra: { ...entra, ...urls, scopes: Object.fromEntries(scopes) }, key },
    security: [{ entra: scopes.map(([scope]) => scope) }],
    paths: mapped(document.paths, (methods) => mapped(methods, behindTheWall)),
  };
};

/** App Service Authentication stands before every path, and lets through whoever has a token: also where the gateway asks for nothing. */
const behindTheWall = (operation: OwnOperation): OwnOperation => {
  const { security, responses, ...others } = operation;
  if (security?.length !== 0) return operation;
  return { ...others, responses: { ...responses, 401: { $ref: '#/responses/Unauthorized' } } };
};

const mapped = <T, U>(table: Readonly<Record<string, T>>, of: (row: T) => U): Readonly<Record<string, U>> =>
  Object.fromEntries(Object.entries(table).map(([name, row]) => [name, of(row)]));

/** `api://<application>/Machines.Read`. */
const ownScope = (scope: string, audience: string): string => `${audience}${scope.slice(scope.lastIndexOf('/'))}`;
