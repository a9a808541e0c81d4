import type { Swagger } from '../../../src/connector/swagger.ts';

/** Says what is wrong with a document, and where. */
export type Rule = (document: Swagger) => readonly string[];
