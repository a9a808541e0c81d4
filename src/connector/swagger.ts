/** As much of OpenAPI 2.0 as is written here, with what custom connectors add ("Create a custom connector with an OpenAPI extension"). */
import type { Visibility } from './schemas/shown.ts';

interface Shown {
  readonly description?: string;
  readonly 'x-ms-summary'?: string;
  readonly 'x-ms-visibility'?: Visibility;
}

export interface Schema extends Shown {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  /** `true` where others than the named ones may come: of what is Defender's. */
  readonly additionalProperties?: boolean | Schema;
  readonly 'x-nullable'?: boolean;
}

export interface Parameter extends Shown {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly type: 'string' | 'integer' | 'boolean';
  readonly required?: boolean;
  readonly enum?: readonly string[];
  readonly default?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly 'x-ms-url-encoding'?: 'single';
  readonly 'x-ms-dynamic-values'?: DynamicValues;
}

/** Where the designer finds what there is to choose from: another operation, and where in its answer. */
export interface DynamicValues {
  readonly operationId: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly 'value-collection': string;
  readonly 'value-path': string;
  readonly 'value-title': string;
}

export interface BodyParameter extends Shown {
  readonly name: 'body';
  readonly in: 'body';
  readonly required: true;
  readonly schema: Schema;
}

export interface Reference {
  readonly $ref: string;
}

export interface Header {
  readonly type: 'string' | 'integer';
  readonly description: string;
  readonly 'x-ms-visibility'?: Visibility;
}

export interface ResponseObject {
  readonly description: string;
  readonly schema?: Schema;
  readonly headers?: Readonly<Record<string, Header>>;
}

export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

export interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly 'x-ms-visibility'?: Visibility;
  readonly 'x-ms-pageable'?: { readonly nextLinkName: '@odata.nextLink' };
  readonly security?: readonly SecurityRequirement[];
  readonly parameters: readonly (Parameter | BodyParameter | Reference)[];
  readonly responses: Readonly<Record<string, ResponseObject | Reference>>;
}

export type Method = 'get' | 'post' | 'options';

export type SecurityDefinition =
  | { readonly type: 'apiKey'; readonly in: 'header'; readonly name: string; readonly description: string }
  | {
      readonly type: 'oauth2';
      readonly flow: 'accessCode';
      readonly authorizationUrl: string;
      readonly tokenUrl: string;
      readonly scopes: Readonly<Record<string, string>>;
      readonly description: string;
    };

export interface Swagger {
  readonly swagger: '2.0';
  readonly info: { readonly title: string; readonly description: string; readonly version: string };
  readonly host: string;
  readonly basePath: '/';
  readonly schemes: readonly ('https' | 'http')[];
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<Method, OperationObject>>>>>;
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly responses: Readonly<Record<string, ResponseObject>>;
  readonly securityDefinitions: Readonly<Record<string, SecurityDefinition>>;
  readonly security: readonly SecurityRequirement[];
}
