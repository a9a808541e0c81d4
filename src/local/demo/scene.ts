import type { Observation } from './observation.ts';
import type { Stage } from './stage.ts';

/** Something that a playbook does, or should not have done. */
export interface Scene {
  readonly title: string;
  play(stage: Stage): Promise<readonly Observation[]>;
}
