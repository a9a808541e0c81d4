/** Actions that hold no others. */
import { ask } from './ask.ts';
import type { Action } from './definition.ts';
import { listIn, resolved } from './resolved.ts';
import { done, type Frame, type Outcome, type Run, withItem } from './run.ts';

export type Step = Exclude<Action, { readonly actions: unknown }>;

export const playStep = async (step: Step, frame: Frame, { world, variables }: Run): Promise<Outcome> => {
  const given = <T>(value: T): T => resolved(value, frame.functions) as T;
  const ofItem = (value: unknown, item: unknown) => resolved(value, withItem(frame, item));
  const known = (name: string) => {
    if (!variables.has(name)) throw new Error(`there is no variable ${name}`);
    return name;
  };
  switch (step.type) {
    case 'Http':
      return ask(world, given(step.inputs), step.operationOptions === 'DisableAsyncPattern');
    case 'ApiConnection': {
      const { path, body } = given(step.inputs);
      await world.connect(String(path), body);
      return done(null);
    }
    case 'Compose':
      return done(given(step.inputs));
    case 'Select':
      return done(listIn(given(step.inputs.from)).map((item) => ofItem(step.inputs.select, item)));
    case 'Query':
      return done(listIn(given(step.inputs.from)).filter((item) => ofItem(step.inputs.where, item) === true));
    case 'InitializeVariable':
      for (const { name, value } of step.inputs.variables) variables.set(name, given(value));
      return done(null);
    case 'SetVariable':
      variables.set(known(step.inputs.name), given(step.inputs.value));
      return done(null);
    case 'AppendToArrayVariable': {
      const { name, value } = step.inputs;
      variables.set(known(name), [...listIn(variables.get(name)), given(value)]);
      return done(null);
    }
  }
};
