/** One operation, as the tables in `operations/` have it: an address, a method, what it takes and what it answers. */
import type { Access } from '../callers/access.ts';
import type { DefinitionName } from './definitions.ts';
import type { HeaderName } from './headers.ts';
import type { ParameterName } from './parameters.ts';
import type { Visibility } from './schemas/shown.ts';
import type { SharedName } from './sharedResponses.ts';
import type { Method, Parameter } from './swagger.ts';

export interface Operation {
  /** Begins with a slash; names in braces stand for what is a parameter. */
  readonly path: string;
  readonly method: Method;
  /** Letters and digits, each word with a capital ("Follow coding standards"). */
  readonly id: string;
  readonly access: Access;
  /** Sentence case, without a full stop; 80 characters at most ("Learn best practices for string fields"). */
  readonly summary: string;
  readonly description: string;
  readonly visibility?: Visibility;
  /** Its own, or names of those that many have. */
  readonly parameters: readonly (Parameter | ParameterName)[];
  readonly body?: Body;
  readonly answers: readonly Answer[];
  readonly shared: readonly SharedName[];
  /** Whether its answer may have a link to a next page. */
  readonly pages?: boolean;
}

export interface Body {
  readonly schema: DefinitionName;
  readonly title: string;
  readonly description: string;
}

export interface Answer {
  readonly status: number;
  readonly description: string;
  readonly schema?: DefinitionName;
  readonly headers: readonly HeaderName[];
}
