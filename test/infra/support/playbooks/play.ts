/**
 * Plays a workflow as Logic Apps would, one action after the other: conditions, loops, variables and expressions are worked out here, what goes
 * to other services is handed to the world.
 */
import type { Action, Actions, Status, Workflow } from './definition.ts';
import { holds } from './holds.ts';
import { listIn, resolved } from './resolved.ts';
import { done, type Frame, type Outcome, outerFrame, type Run, roundOf, type World } from './run.ts';
import { playStep } from './steps.ts';

export interface Played extends Pick<Run, 'statuses' | 'faults'> {
  readonly status: Status;
}

export const play = async ({ actions }: Pick<Workflow, 'actions'>, world: World): Promise<Played> => {
  const run: Run = { world, variables: new Map(), statuses: new Map(), faults: [] };
  const status = await playAll(actions, outerFrame(run), run);
  return { ...run, status };
};

/** All of them in the order that `runAfter` says. */
const playAll = async (actions: Actions, frame: Frame, run: Run): Promise<Status> => {
  const left = new Map(Object.entries(actions));
  while (left.size > 0) {
    const ready = [...left].find(([, { runAfter = {} }]) =>
      Object.keys(runAfter).every((name) => frame.outcomes.has(name)),
    );
    if (!ready) throw new Error(`these wait for each other: ${[...left.keys()]}`);
    const [name, action] = ready;
    left.delete(name);
    const outcome = isDue(action, frame) ? await outcomeOf(name, action, frame, run) : skipped;
    frame.outcomes.set(name, outcome);
    run.statuses.set(name, outcome.status);
  }
  return statusOf(actions, frame);
};

const outcomeOf = async (name: string, action: Action, frame: Frame, run: Run): Promise<Outcome> => {
  try {
    return 'actions' in action ? await playScope(name, action, frame, run) : await playStep(action, frame, run);
  } catch (fault) {
    run.faults.push(`${name}: ${(fault as Error).message}`);
    return { status: 'Failed', outputs: null, body: null };
  }
};

type Scope = Extract<Action, { readonly actions: unknown }>;

const playScope = async (name: string, scope: Scope, frame: Frame, run: Run): Promise<Outcome> => {
  switch (scope.type) {
    case 'If': {
      const chosen = holds(resolved(scope.expression, frame.functions)) ? scope.actions : scope.else.actions;
      return done(null, await playAgain(chosen, frame, run));
    }
    case 'Foreach': {
      const ends: Status[] = [];
      for (const item of listIn(resolved(scope.foreach, frame.functions))) {
        ends.push(await playAll(scope.actions, roundOf(frame, name, item), run));
      }
      return done(null, ends.includes('Failed') ? 'Failed' : 'Succeeded');
    }
    case 'Until': {
      for (let round = 1; ; round++) {
        const status = await playAgain(scope.actions, frame, run);
        if (resolved(scope.expression, frame.functions) === true || round === scope.limit.count)
          return done(null, status);
      }
    }
  }
};

/** What they leave behind can be asked for from beside: it is of the same round. */
const playAgain = async (actions: Actions, frame: Frame, run: Run): Promise<Status> => {
  for (const name of Object.keys(actions)) frame.outcomes.delete(name);
  return playAll(actions, frame, run);
};

const skipped: Outcome = { status: 'Skipped', outputs: null, body: null };

const isDue = ({ runAfter = {} }: Action, { outcomes }: Frame) =>
  Object.entries(runAfter).every(([name, statuses]) => statuses.includes(outcomes.get(name)?.status ?? 'Skipped'));

/** What nothing runs after decides: a failure that is dealt with is none. A skipped end hands on what it was skipped for. */
const statusOf = (actions: Actions, { outcomes }: Frame): Status => {
  const followed = new Set(Object.values(actions).flatMap(({ runAfter = {} }) => Object.keys(runAfter)));
  const hasFailed = (name: string): boolean => {
    const status = outcomes.get(name)?.status;
    if (status !== 'Skipped') return status === 'Failed' || status === 'TimedOut';
    return Object.keys(actions[name]?.runAfter ?? {}).some(hasFailed);
  };
  return Object.keys(actions).some((name) => !followed.has(name) && hasFailed(name)) ? 'Failed' : 'Succeeded';
};
