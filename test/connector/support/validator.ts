import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** What the validator says of each document; it is an ES module, which jest does not load, so it runs in a process of its own. */
export const validated = async (documents: readonly object[]): Promise<readonly Validation[]> => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(documents));
  return JSON.parse(await text(child.stdout));
};

export interface Validation {
  readonly valid: boolean;
  /** The version of OpenAPI that it took it for. */
  readonly version: string;
  readonly errors?: unknown;
}

const program = `
import { Validator } from '@seriousme/openapi-schema-validator';
import { json } from 'node:stream/consumers';
const said = [];
for (const document of await json(process.stdin)) {
  const validator = new Validator();
  said.push({ ...(await validator.validate(document)), version: validator.version });
}
console.log(JSON.stringify(said));
`;
