/** A workflow as it stands in a template: of the language, what our playbooks use ("Schema reference guide for trigger and action types"). */

export type Status = 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut';

export type Actions = Readonly<Record<string, Action>>;

export type Action = {
  readonly runAfter?: Readonly<Record<string, readonly Status[]>>;
  readonly operationOptions?: string;
} & (
  | { readonly type: 'Http'; readonly inputs: HttpInputs }
  | { readonly type: 'ApiConnection'; readonly inputs: Readonly<Record<'host' | 'method' | 'path' | 'body', unknown>> }
  | { readonly type: 'Compose'; readonly inputs: unknown }
  | { readonly type: 'Select'; readonly inputs: { readonly from: unknown; readonly select: unknown } }
  | { readonly type: 'Query'; readonly inputs: { readonly from: unknown; readonly where: unknown } }
  | { readonly type: 'InitializeVariable'; readonly inputs: { readonly variables: readonly Variable[] } }
  | { readonly type: 'SetVariable' | 'AppendToArrayVariable'; readonly inputs: Omit<Variable, 'type'> }
  | {
      readonly type: 'If';
      readonly expression: object;
      readonly actions: Actions;
      readonly else: { readonly actions: Actions };
    }
  | { readonly type: 'Foreach'; readonly foreach: string; readonly actions: Actions }
  | {
      readonly type: 'Until';
      readonly expression: string;
      readonly limit: { readonly count: number; readonly timeout: string };
      readonly actions: Actions;
    }
);

export interface HttpInputs {
  readonly method: string;
  readonly uri: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly authentication?: { readonly type: string; readonly audience?: string };
  readonly retryPolicy?: { readonly type: string; readonly interval?: string; readonly count?: number };
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
}

export interface Workflow {
  readonly parameters: Readonly<Record<string, { readonly type: string; readonly defaultValue?: unknown }>>;
  readonly triggers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly actions: Actions;
}

export interface Template {
  readonly $schema: string;
  readonly contentVersion: string;
  readonly metadata: { readonly title: string; readonly description: string };
  readonly parameters: Readonly<Record<string, TemplateParameter>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly resources: readonly TemplateResource[];
  readonly outputs: Readonly<Record<string, { readonly type: string; readonly value: string }>>;
}

export interface TemplateParameter {
  readonly type: string;
  readonly defaultValue?: unknown;
  readonly metadata?: { readonly description?: string };
}

export interface TemplateResource {
  readonly type: string;
  readonly apiVersion: string;
  readonly identity?: { readonly type: string };
  readonly properties: {
    readonly definition?: Workflow;
    readonly parameters?: Readonly<Record<string, { readonly value: unknown }>>;
    readonly [name: string]: unknown;
  };
}

/** The one workflow of a template. */
export const workflowOf = ({ resources }: Template) => {
  const [resource, ...others] = resources.filter(({ type }) => type === 'Microsoft.Logic/workflows');
  const { definition, parameters = {} } = resource?.properties ?? {};
  if (!resource || !definition || others.length > 0) throw new Error('a playbook is one workflow');
  return { resource, definition, given: parameters };
};

/** The actions inside of an action. */
export const innerActions = (action: Action): readonly Actions[] => {
  if (action.type === 'If') return [action.actions, action.else.actions];
  return action.type === 'Foreach' || action.type === 'Until' ? [action.actions] : [];
};

/** All actions, with those inside of others. */
export const allActions = (actions: Actions): readonly (readonly [name: string, action: Action])[] =>
  Object.entries(actions).flatMap(([name, action]) => [
    [name, action] as const,
    ...innerActions(action).flatMap((inner) => allActions(inner)),
  ]);
