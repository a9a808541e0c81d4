import type { Scene } from './scene.ts';
import { alertFormats } from './scenes/alertFormats.ts';
import { alertHandshakes } from './scenes/alertHandshakes.ts';
import { alertsAgain } from './scenes/alertsAgain.ts';
import { burst } from './scenes/burst.ts';
import { cutAnswer } from './scenes/cutAnswer.ts';
import { fiveCalls } from './scenes/fiveCalls.ts';
import { incident } from './scenes/incident.ts';
import { manyLookups } from './scenes/manyLookups.ts';
import { otherSpellings } from './scenes/otherSpellings.ts';
import { snapshots } from './scenes/snapshots.ts';
import { unknownThings } from './scenes/unknownThings.ts';
import { wrongFilter } from './scenes/wrongFilter.ts';

/** In the order in which they are played. */
export const scenes: readonly Scene[] = [
  fiveCalls,
  unknownThings,
  wrongFilter,
  otherSpellings,
  cutAnswer,
  incident,
  manyLookups,
  alertHandshakes,
  alertFormats,
  alertsAgain,
  snapshots,
  burst,
];
