/** A Bicep file: what it declares, in its own words. */
import { readFileSync } from 'node:fs';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { childrenOf, type Expression, expressionOf, plainText } from './expression.ts';

export interface BicepFile {
  /** Below the folder of infrastructure, such as `app/storage.bicep`. */
  readonly path: string;
  readonly text: string;
  /** Where the parser is lost, as `line 3: …`. Then nothing else here can be believed. */
  readonly faults: readonly string[];
  readonly params: readonly Param[];
  readonly variables: ReadonlyMap<string, Expression>;
  readonly resources: readonly Resource[];
  readonly modules: readonly Module[];
  readonly outputs: readonly Output[];
}

export interface Param {
  readonly name: string;
  readonly line: number;
  readonly description: string;
  readonly isSecure: boolean;
  /** Neither a default nor a type that takes null. */
  readonly isRequired: boolean;
  readonly byDefault?: Expression;
}

export interface Resource {
  readonly symbol: string;
  readonly line: number;
  /** In full, of one inside of another too. */
  readonly type: string;
  readonly apiVersion: string;
  /** Only named, made by somebody else. */
  readonly isExisting: boolean;
  readonly body: Expression;
  /** That it is made in; its body is the resource's. */
  readonly loop?: Expression;
  /** Without one it is always made. */
  readonly condition?: Expression;
}

export interface Module {
  readonly symbol: string;
  readonly line: number;
  readonly path: string;
  readonly body: Expression;
  readonly condition?: Expression;
}

export interface Output {
  readonly name: string;
  readonly line: number;
  readonly value: Expression;
}

/** @returns a reader of a file's text; the grammar is loaded once */
export const createBicepReader = async (): Promise<(path: string, text: string) => BicepFile> => {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'))));
  return (path, text) => {
    const tree = parser.parse(text);
    if (!tree) throw new Error(`${path} was not parsed`);
    const file = fileOf(path, text, tree.rootNode);
    tree.delete();
    return file;
  };
};

const fileOf = (path: string, text: string, root: Node): BicepFile => {
  const faults = faultsIn(root);
  const file = { path, text, faults };
  if (faults.length > 0) {
    return { ...file, params: [], variables: new Map(), resources: [], modules: [], outputs: [] };
  }
  const statements = childrenOf(root);
  const declared = (type: string) =>
    statements.flatMap((node, index) =>
      node.type === type ? [{ node, decorators: decoratorsOf(statements[index - 1]) }] : [],
    );
  return {
    ...file,
    params: declared('parameter_declaration').map(paramOf),
    variables: new Map(declared('variable_declaration').map(({ node }) => [nameOf(node), lastOf(node)])),
    resources: declared('resource_declaration').flatMap(({ node }) => resourcesOf(node)),
    modules: declared('module_declaration').map(({ node }) => moduleOf(node)),
    outputs: declared('output_declaration').map(({ node }) => ({ ...named(node), value: lastOf(node) })),
  };
};

const faultsIn = (node: Node): string[] => {
  if (!node.hasError) return [];
  const line = `line ${node.startPosition.row + 1}`;
  if (node.isMissing) return [`${line}: ${node.type} is missing`];
  if (node.isError) return [`${line}: not understood: ${node.text.split('\n')[0]}`];
  return node.children.flatMap((child) => (child ? faultsIn(child) : []));
};

const nameOf = (node: Node): string => childrenOf(node)[0]?.text ?? '';

const named = (node: Node) => ({ name: nameOf(node), line: node.startPosition.row + 1 });

const lastOf = (node: Node): Expression => expressionOf(childrenOf(node).at(-1) ?? node);

/** By name, with what stands in brackets. */
const decoratorsOf = (node: Node | undefined): ReadonlyMap<string, Expression | undefined> => {
  const decorators = node?.type === 'decorators' ? childrenOf(node) : [];
  const calls = decorators.map((decorator) => lastOf(decorator)).filter((call) => call.kind === 'call');
  return new Map(calls.map(({ name, given }) => [name, given[0]]));
};

const paramOf = ({ node, decorators }: { node: Node; decorators: ReturnType<typeof decoratorsOf> }): Param => {
  const [, type, byDefault] = childrenOf(node);
  return {
    ...named(node),
    description: (plainText(decorators.get('description')) ?? '').trim(),
    isSecure: decorators.has('secure'),
    isRequired: byDefault === undefined && !type?.text.endsWith('?'),
    ...(byDefault && { byDefault: expressionOf(byDefault) }),
  };
};

/** A resource, and those that stand inside of it. */
const resourcesOf = (node: Node, parent?: Resource): Resource[] => {
  const [symbol, reference, body] = childrenOf(node);
  const [type = '', apiVersion = parent?.apiVersion ?? ''] = (
    plainText(reference && expressionOf(reference)) ?? ''
  ).split('@');
  const resource: Resource = {
    symbol: symbol?.text ?? '',
    line: node.startPosition.row + 1,
    type: parent ? `${parent.type}/${type}` : type,
    apiVersion,
    isExisting: /^resource\s+\w+\s+'[^']*'\s+existing\b/.test(node.text),
    ...bodyOf(body ?? node),
  };
  const inner = (body?.descendantsOfType('resource_declaration') ?? []).filter(
    (child): child is Node => child?.parent?.parent?.equals(objectIn(body)) ?? false,
  );
  return [resource, ...inner.flatMap((child) => resourcesOf(child, resource))];
};

const moduleOf = (node: Node): Module => {
  const [symbol, reference, body] = childrenOf(node);
  const path = plainText(reference && expressionOf(reference)) ?? '';
  return { symbol: symbol?.text ?? '', line: node.startPosition.row + 1, path, ...bodyOf(body ?? node) };
};

type Body = Pick<Resource, 'body' | 'loop' | 'condition'>;

/** Without the condition and the loop that it stands in. */
const bodyOf = (node: Node): Body => {
  const expression = expressionOf(node);
  const inner = node.type === 'for_statement' ? childrenOf(node).at(-1) : node;
  const [condition] = inner?.type === 'if_statement' ? childrenOf(inner) : [];
  return {
    ...(expression.kind === 'each' ? { body: expression.body, loop: expression } : { body: expression }),
    ...(condition && { condition: expressionOf(condition) }),
  };
};

const objectIn = (node: Node | undefined): Node => {
  const object = node?.type === 'object' ? node : node?.descendantsOfType('object')[0];
  if (!object) throw new Error(`no body: ${node?.text}`);
  return object;
};
