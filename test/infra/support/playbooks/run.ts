/** A run of a workflow: what it is given, what it has done so far, and what its expressions can ask for. */
import type { Status } from './definition.ts';
import type { Functions } from './expression.ts';
import { pureFunctions } from './functions.ts';

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Whom the identity's token is for; undefined without a token. */
  readonly audience: string | undefined;
}

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface World {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly triggerBody: unknown;
  readonly runName: string;
  send(sent: Sent): Promise<Received>;
  /** What is asked of the connection to Sentinel. */
  connect(path: string, body: unknown): Promise<void>;
  /** Before an answer is asked for again. */
  pause(seconds: number): Promise<void>;
}

export interface Run {
  readonly world: World;
  readonly variables: Map<string, unknown>;
  /** Of each action, the last time that it was due. */
  readonly statuses: Map<string, Status>;
  /** What failed by itself, and why. */
  readonly faults: string[];
}

/** What an action has left behind; null where it was skipped. */
export interface Outcome {
  readonly status: Status;
  readonly outputs: unknown;
  readonly body: unknown;
}

/** Actions that can ask for each other: those of a round of a loop, or those outside of all. */
export interface Frame {
  readonly outcomes: Map<string, Outcome>;
  readonly functions: Functions;
}

export const done = (value: unknown, status: Status = 'Succeeded'): Outcome => ({
  status,
  outputs: value,
  body: value,
});

export const outerFrame = (run: Run): Frame =>
  frameOf({
    ...pureFunctions,
    parameters: (name) => named(run.world.parameters, name),
    triggerBody: () => run.world.triggerBody,
    variables: (name) => named(Object.fromEntries(run.variables), name),
    workflow: () => ({ run: { name: run.world.runName } }),
  });

export const roundOf = ({ functions }: Frame, loop: string, item: unknown): Frame =>
  frameOf({
    ...functions,
    item: () => item,
    items: (name) => (name === loop ? item : functions.items?.(name)),
  });

export const withItem = ({ functions }: Frame, item: unknown): Functions => ({ ...functions, item: () => item });

const frameOf = (outside: Functions): Frame => {
  const outcomes = new Map<string, Outcome>();
  const left = (part: 'body' | 'outputs') => (name: unknown) => {
    const outcome = outcomes.get(String(name));
    return (outcome ? outcome[part] : outside[part]?.(name)) ?? null;
  };
  return { outcomes, functions: { ...outside, body: left('body'), outputs: left('outputs') } };
};

const named = (values: Readonly<Record<string, unknown>>, name: unknown): unknown => {
  if (!(String(name) in values)) throw new Error(`there is nothing named ${String(name)}`);
  return values[String(name)];
};
