/** What Azure and Logic Apps would refuse in a template, as far as it can be told from the outside; and what we ask of each. */
import { type Action, type Actions, allActions, innerActions, type Template, workflowOf } from './definition.ts';
import { expressionsIn, readText, within } from './expression.ts';
import { pureFunctions } from './functions.ts';

type Rule = (template: Template) => readonly string[];

const templateSchema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

export const isTemplate: Rule = (template) => {
  const { $schema, contentVersion, metadata } = template;
  const { resource } = workflowOf(template);
  return [
    ...($schema === templateSchema ? [] : ['$schema is none of deployment templates']),
    ...(/^\d+(\.\d+){3}$/.test(contentVersion) ? [] : ['contentVersion: write four numbers']),
    ...(metadata?.title && metadata.description?.length > 80 ? [] : ['metadata: say what the playbook does']),
    ...(resource.identity?.type === 'SystemAssigned' ? [] : ['identity: write SystemAssigned']),
    ...(resource.apiVersion === '2019-05-01' ? [] : ['apiVersion of the workflow: write 2019-05-01']),
  ];
};

/** A connection to Sentinel is opened by the identity, not by the person who deploys. */
export const connectsByIdentity: Rule = (template) => {
  const { given } = workflowOf(template);
  const connections = Object.entries((given.$connections?.value ?? {}) as Record<string, object>);
  const resources = template.resources.filter(({ type }) => type === 'Microsoft.Web/connections');
  return [
    ...connections
      .filter(
        ([, connection]) => !JSON.stringify(connection).includes('"authentication":{"type":"ManagedServiceIdentity"}'),
      )
      .map(([name]) => `${name}: write connectionProperties.authentication.type ManagedServiceIdentity`),
    ...resources
      .filter(({ properties }) => properties.parameterValueType !== 'Alternative')
      .map(() => 'a connection: write parameterValueType Alternative'),
    ...(resources.length === connections.length ? [] : ['connections that are made are not those that are used']),
  ];
};

/** Parameters: described, used, handed on to a workflow that takes them. */
export const parametersFit: Rule = (template) => {
  const { definition, given } = workflowOf(template);
  const { parameters, ...rest } = template;
  const used = namesIn(JSON.stringify(rest), /\[[^"]*?parameters\('(\w+)'\)/g, /parameters\('(\w+)'\)/g);
  const inWorkflow = namesIn(
    JSON.stringify([definition.triggers, definition.actions]),
    /@[^"]*/g,
    /parameters\('([$\w]+)'\)/g,
  );
  const declared = Object.keys(definition.parameters);
  return [
    ...Object.entries(parameters)
      .filter(([, { metadata }]) => !metadata?.description)
      .map(([name]) => `${name}: say in metadata.description what it is`),
    ...Object.keys(parameters)
      .filter((name) => !used.has(name))
      .map((name) => `${name} is used by nobody`),
    ...declared.filter((name) => !inWorkflow.has(name)).map((name) => `the workflow does not use ${name}`),
    ...[...inWorkflow].filter((name) => !declared.includes(name)).map((name) => `the workflow takes no ${name}`),
    ...declared.filter((name) => !(name in given)).map((name) => `the workflow is not given ${name}`),
    ...Object.keys(given)
      .filter((name) => !declared.includes(name))
      .map((name) => `the workflow is given ${name}, and takes none`),
  ];
};

const namesIn = (text: string, places: RegExp, name: RegExp): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(places)].flatMap(([place]) => [...place.matchAll(name)].flatMap(([, found]) => found ?? [])),
  );

/** `runAfter` names a neighbour and what it may come to, and no action waits for itself. Names are there once. */
export const orderHolds: Rule = (template) => {
  const { actions } = workflowOf(template).definition;
  const names = allActions(actions).map(([name]) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [...twice.map((name) => `${name} is there twice`), ...levelsOf(actions).flatMap(levelFaults)];
};

const levelsOf = (actions: Actions): readonly Actions[] => [
  actions,
  ...Object.values(actions).flatMap((action) => innerActions(action).flatMap(levelsOf)),
];

const levelFaults = (level: Actions): readonly string[] => {
  const faults = Object.entries(level).flatMap(([name, { runAfter }]) => [
    ...(runAfter ? [] : [`${name}: write runAfter, {} where it is the first`]),
    ...Object.keys(runAfter ?? {})
      .filter((other) => !(other in level))
      .map((other) => `${name} runs after ${other}, which is not beside it`),
    ...Object.values(runAfter ?? {})
      .flat()
      .filter((status) => !['Succeeded', 'Failed', 'Skipped', 'TimedOut'].includes(status))
      .map((status) => `${name}: nothing comes to ${status}`),
  ]);
  const isCircle = (name: string, seen: readonly string[]): boolean =>
    seen.includes(name) || Object.keys(level[name]?.runAfter ?? {}).some((other) => isCircle(other, [...seen, name]));
  return [
    ...faults,
    ...Object.keys(level)
      .filter((name) => isCircle(name, []))
      .map((name) => `${name} waits for itself`),
  ];
};

const ofTheRun = [
  'body',
  'item',
  'items',
  'listCallbackUrl',
  'outputs',
  'parameters',
  'triggerBody',
  'variables',
  'workflow',
];

/** Every expression can be read, calls functions that there are, and asks for actions, loops and variables that there are. */
export const expressionsHold: Rule = (template) => {
  const { actions, triggers } = workflowOf(template).definition;
  const all = allActions(actions);
  const loops = all.filter(([, { type }]) => type === 'Foreach').map(([name]) => name);
  const variables = all.flatMap(([, action]) => variablesIn(action));
  const known: Readonly<Record<string, readonly string[]>> = {
    body: all.map(([name]) => name),
    outputs: all.map(([name]) => name),
    items: loops,
    variables,
  };
  return textsIn([actions, triggers]).flatMap((text) => {
    try {
      return expressionsIn(readText(text))
        .flatMap(within)
        .flatMap((each) => {
          if (each.kind !== 'call') return [];
          if (!(each.name in pureFunctions) && !ofTheRun.includes(each.name))
            return [`there is no function ${each.name}: ${text}`];
          const [first] = each.given;
          const names = known[each.name];
          return names && first?.kind === 'value' && !names.includes(String(first.value))
            ? [`there is no ${first.value} for ${each.name}: ${text}`]
            : [];
        });
    } catch (fault) {
      return [`${(fault as Error).message}: ${text}`];
    }
  });
};

const variablesIn = (action: Action): readonly string[] =>
  action.type === 'InitializeVariable' ? action.inputs.variables.map(({ name }) => name) : [];

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** No key, no token, no password; and what is one is a securestring without a default. */
export const noSecrets: Rule = (template) => {
  const text = JSON.stringify(template);
  const found = /x-functions-key|[?&]code=|[?&]sig=|AccountKey=|Bearer |"(?:password|secret|clientSecret)"/i.exec(text);
  return [
    ...(found ? [`'${found[0]}' is no part of a template`] : []),
    ...Object.entries(template.parameters)
      .filter(
        ([name, { type, defaultValue }]) =>
          /webhook|secret|password|key$/i.test(name) && (type !== 'securestring' || defaultValue !== undefined),
      )
      .map(([name]) => `${name}: write securestring, without a default`),
  ];
};

/**
 * Names of machines and messages are shown as text: in a comment, not as HTML; in a card, not as Markdown, which has no escapes that all of Teams'
 * clients know (microsoft/AdaptiveCards#5590). A TextRun has none of it ("Text features").
 */
export const shownAsText: Rule = (template) =>
  allActions(workflowOf(template).definition.actions).flatMap(([name, action]) => [
    ...(action.type === 'ApiConnection' && !JSON.stringify(action.inputs.body).includes("'<', '&lt;'")
      ? [`${name}: replace < by &lt;`]
      : []),
    ...('inputs' in action ? partsIn(action.inputs) : [])
      .filter(({ type }) => type === 'TextBlock' || type === 'FactSet')
      .filter((part) => textsIn(part).some((text) => text.includes('@')))
      .map(({ type }) => `${name}: a ${type} is Markdown: write RichTextBlock with a TextRun`),
  ]);

/** Each object in a value. */
const partsIn = (value: unknown): readonly Readonly<Record<string, unknown>>[] => {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(partsIn);
  return Array.isArray(value) ? inside : [value as Readonly<Record<string, unknown>>, ...inside];
};
