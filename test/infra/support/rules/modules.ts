/** Files fit together: what a compiler would refuse, as far as it can be told from the outside. */
import { keyText, memberNamed } from '../bicep/expression.ts';
import { modulesOf, pathOfModule, placeOf, type Rule } from '../bicep/infra.ts';

export const readable: Rule = ({ files }) => [
  ...(files.length === 0 ? ['there is no Bicep file'] : []),
  ...files.flatMap(({ path, faults }) => faults.map((fault) => `${path}: ${fault}`)),
];

export const modulesExist: Rule = (infra) =>
  modulesOf(infra)
    .filter((module) => !infra.file(pathOfModule(module)))
    .map(({ file, item }) => `${placeOf(file, item)}: there is no ${item.path}`);

/** Each file but the first is a module of another. */
export const modulesUsed: Rule = (infra) => {
  const used = new Set(modulesOf(infra).map(pathOfModule));
  return infra.files
    .filter(({ path }) => path !== 'main.bicep' && !used.has(path))
    .map(({ path }) => `${path} is deployed by nobody`);
};

export const paramsFit: Rule = (infra) =>
  modulesOf(infra).flatMap((module) => {
    const { file, item } = module;
    const declared = infra.file(pathOfModule(module))?.params ?? [];
    const params = memberNamed(item.body, 'params');
    const given = params?.kind === 'object' ? params.members.map(({ key }) => keyText(key)) : [];
    const place = `${placeOf(file, item)}: ${item.path}`;
    return [
      ...declared
        .filter(({ name, isRequired }) => isRequired && !given.includes(name))
        .map(({ name }) => `${place} is not given ${name}`),
      ...given
        .filter((name) => !declared.some((param) => param.name === name))
        .map((name) => `${place} does not take ${name}`),
    ];
  });

/** What is read of a module is one of its outputs. */
export const outputsFit: Rule = (infra) =>
  modulesOf(infra).flatMap((module) => {
    const { file, item } = module;
    const outputs = infra.file(pathOfModule(module))?.outputs.map(({ name }) => name) ?? [];
    const read = [
      ...file.text.matchAll(new RegExp(`\\b${item.symbol}(?:\\[\\w+\\])?[!.?]*\\.outputs\\.\\??(\\w+)`, 'g')),
    ];
    return read
      .map(([, name = '']) => name)
      .filter((name) => !outputs.includes(name))
      .map((name) => `${placeOf(file, item)}: ${item.path} has no output ${name}`);
  });

export const paramsDescribed: Rule = ({ files }) =>
  files.flatMap((file) =>
    file.params
      .filter(({ description }) => description === '')
      .map((param) => `${placeOf(file, param)}: say in @description what ${param.name} is`),
  );

export const paramsUsed: Rule = ({ files }) =>
  files.flatMap((file) =>
    file.params
      .filter(
        ({ name }) => [...withoutComments(file.text).matchAll(new RegExp(`\\b${name}\\b(?!\\s*:)`, 'g'))].length < 2,
      )
      .map((param) => `${placeOf(file, param)}: ${param.name} is used by nobody`),
  );

/** @param text  of main.parameters.json */
export const parametersFit =
  (text: string): Rule =>
  (infra) => {
    const { $schema = '', parameters = {} } = JSON.parse(text);
    const main = infra.file('main.bicep');
    const given = Object.keys(parameters);
    const declared = main?.params ?? [];
    return [
      ...(/deploymentParameters\.json#?$/.test($schema) ? [] : ['$schema is none of deployment parameters']),
      ...declared
        .filter(({ name, isRequired }) => isRequired && !given.includes(name))
        .map(({ name }) => `${name} is not given`),
      ...given
        .filter((name) => !declared.some((param) => param.name === name))
        .map((name) => `main.bicep does not take ${name}`),
      ...given.filter((name) => !('value' in parameters[name])).map((name) => `${name} has no value`),
      ...declared
        .filter(({ name, isSecure }) => isSecure && !/^(\$\{[^}]*\})?$/.test(parameters[name]?.value ?? ''))
        .map(({ name }) => `${name} is secure: its value belongs into the environment`),
    ];
  };

const withoutComments = (text: string) =>
  text.replace(/^\s*\/\/.*$/gm, '').replace(/@description\((?:'''[\s\S]*?'''|'(?:[^'\\]|\\.)*')\)/g, '');
