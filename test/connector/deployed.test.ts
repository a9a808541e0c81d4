import { readFileSync } from 'node:fs';

interface Output {
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
  readonly inputs: Readonly<Record<string, unknown>>;
}

const outputs: Readonly<Record<string, Output>> = JSON.parse(readFileSync('.build/deployed.json', 'utf8')).outputs;
const document = 'docs/connector.swagger.json';

describe('what is deployed of the document', () => {
  it('is the finished one, and nothing of what makes it', () => {
    const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
    expect(inputs.filter((input) => input.startsWith('src/connector/'))).toEqual([]);
    expect(inputs).toContain(document);
  });

  it('is loaded when it is first asked for, alone', () => {
    const [path = ''] = Object.entries(outputs).find(([, { inputs }]) => inputs[document]) ?? [];
    expect(Object.keys(outputs[path]?.inputs ?? {})).toEqual([document]);
    const kinds = Object.values(outputs).flatMap(({ imports }) => imports.filter((each) => each.path === path));
    expect(new Set(kinds.map(({ kind }) => kind))).toEqual(new Set(['dynamic-import']));
  });
});
