/** What happens to alerts that come in: each is recorded, then queued. */
import type { AlertReference } from './reference.ts';

export interface Intake {
  /**
   * Records and queues alerts; what is said of one alert several times counts once.
   *
   * @returns one for each alert, in the order they first stand in
   * @throws where storage does not take them: then whoever sent them has to send them again, which does no harm
   */
  accept(references: readonly AlertReference[]): Promise<readonly Accepted[]>;
}

export interface Accepted {
  /** As it came. */
  readonly alertId: string;
  readonly key: string;
  /** `known`: nothing new was said of it. `reopened`: it had ended, and a machine is named that its result does not have. */
  readonly kind: 'new' | 'known' | 'reopened';
}
