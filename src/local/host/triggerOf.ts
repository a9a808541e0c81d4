import type { Binding, RegisteredFunction } from './invoker.ts';

/** The binding that triggers a function. */
export interface Trigger {
  /** What the function's argument is called. */
  readonly name: string;
  readonly binding: Binding;
}

/** The trigger of a function. @throws when it has none */
export const triggerOf = ({ name, bindings }: RegisteredFunction): Trigger => {
  const found = Object.entries(bindings).find(([, { type }]) => type.toLowerCase().endsWith('trigger'));
  if (!found) throw new Error(`the function ${name} has no trigger`);
  return { name: found[0], binding: found[1] };
};

/** The trigger of a function where it is of this type, whatever the case, such as `timerTrigger`; `undefined` elsewhere. */
export const triggerOfType = ({ bindings }: RegisteredFunction, type: string): Trigger | undefined => {
  const found = Object.entries(bindings).find(([, binding]) => binding.type.toLowerCase() === type.toLowerCase());
  return found && { name: found[0], binding: found[1] };
};
