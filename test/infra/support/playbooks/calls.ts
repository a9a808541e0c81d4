/** Each call of a playbook is one that the connector's document knows, with its options and headers, and is made as calls of ours are. */
import { allActions, type HttpInputs, type Template, workflowOf } from './definition.ts';
import { skeletonOf } from './skeleton.ts';

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
}

/** Every HTTP action, with its name. */
export const callsOf = (template: Template) =>
  allActions(workflowOf(template).definition.actions).flatMap(([name, action]) =>
    action.type === 'Http' ? [{ name, action, inputs: action.inputs, to: skeletonOf(action.inputs.uri) }] : [],
  );

export const callsAreKnown = (template: Template, document: Document): readonly string[] =>
  callsOf(template)
    .filter(({ to }) => to.host === 'gatewayUrl')
    .flatMap(({ name, inputs, to }) => {
      const operation = operationAt(document, inputs.method, to.path);
      if (!operation) return [`${name}: there is no ${inputs.method} ${to.path}`];
      const known = (place: string) => namesIn(document, operation, place);
      const unknown = (given: readonly string[], place: string) =>
        given
          .filter((one) => !known(place).includes(one.toLowerCase()))
          .map((one) => `${name}: ${to.path} takes no ${one}`);
      const headers = Object.keys(inputs.headers ?? {}).filter((header) => header !== 'Content-Type');
      return [...unknown(to.query, 'query'), ...unknown(headers, 'header')];
    });

/** A literal segment counts more than a variable one. */
const operationAt = ({ paths }: Document, method: string, path: string): Operation | undefined => {
  const fits = (template: string) => {
    const segments = path.split('/');
    const wanted = template.split('/');
    return (
      wanted.length === segments.length &&
      wanted.every((part, index) => part === segments[index] || part.startsWith('{'))
    );
  };
  const [found] = Object.keys(paths)
    .filter(fits)
    .sort((one, other) => one.split('{').length - other.split('{').length);
  return found === undefined ? undefined : paths[found]?.[method.toLowerCase()];
};

const namesIn = ({ parameters }: Document, operation: Operation, place: string): readonly string[] =>
  (operation.parameters ?? [])
    .map((parameter) => ('$ref' in parameter ? parameters[parameter.$ref.split('/').at(-1) ?? ''] : parameter))
    .flatMap((parameter) => (parameter?.in === place ? [parameter.name.toLowerCase()] : []));

/** With the identity, a request id of the run, a wait where there is something to wait for, and retries that are said. */
export const callsAreMadeRight = (template: Template): readonly string[] =>
  callsOf(template).flatMap(({ name, inputs, to, action }) => [
    ...retryFaults(name, inputs),
    ...(to.host === 'gatewayUrl' ? gatewayFaults(name, inputs) : []),
    ...(to.host === 'defenderUrl' && !isByIdentity(inputs, 'defenderAudience')
      ? [`${name}: write authentication ManagedServiceIdentity for parameters('defenderAudience')`]
      : []),
    ...(to.host === undefined ? [`${name}: its address does not begin with a parameter`] : []),
    ...(inputs.authentication === undefined && !JSON.stringify(action).includes('"secureData"')
      ? [`${name}: an address that is its own key has to be kept out of the run's history (secureData)`]
      : []),
    ...(inputs.method === 'POST' && action.operationOptions === undefined && to.path === '/gateway/alerts'
      ? [`${name}: its 202 is an end: write operationOptions DisableAsyncPattern`]
      : []),
  ]);

const gatewayFaults = (name: string, inputs: HttpInputs): readonly string[] => {
  const { 'x-request-id': requestId, Prefer: prefer } = inputs.headers ?? {};
  const wait = Number(/wait=(\d+)/.exec(prefer ?? '')?.[1]);
  return [
    ...(requestId === "@workflow()['run']['name']" ? [] : [`${name}: write x-request-id @workflow()['run']['name']`]),
    ...(isByIdentity(inputs, 'gatewayAudience')
      ? []
      : [`${name}: write authentication ManagedServiceIdentity for parameters('gatewayAudience')`]),
    // An action of the Consumption plan ends after two minutes ("Limits and configuration reference for Azure Logic Apps").
    ...(inputs.method === 'GET' && !(wait > 0 && wait <= 100) ? [`${name}: write Prefer wait=N, of 1 to 100`] : []),
  ];
};

const isByIdentity = ({ authentication }: HttpInputs, audience: string) =>
  authentication?.type === 'ManagedServiceIdentity' && authentication.audience === `@parameters('${audience}')`;

const retryFaults = (name: string, { retryPolicy, uri }: HttpInputs): readonly string[] => {
  if (retryPolicy === undefined) return [`${name}: write a retryPolicy: the usual one is not ours to rely on`];
  const isSafe = retryPolicy.type === 'none' || (retryPolicy.type === 'fixed' && (retryPolicy.count ?? 99) <= 3);
  if (!isSafe) return [`${name}: retryPolicy is none, or fixed with at most 3 retries`];
  return uri.includes('/isolate') && retryPolicy.type !== 'none'
    ? [`${name}: what acts is not sent twice: retryPolicy none`]
    : [];
};
