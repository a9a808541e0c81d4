/** A run as a row: under a key that sorts the newest first, whole as JSON. */

import { keyOf } from '../../storage/keys.ts';
import { propertiesOfText, textOfProperties } from '../../storage/propertyText.ts';
import type { Run } from '../run.ts';
import type { RunId } from '../runId.ts';

/** Raised where older code could not read what is written. */
const format = 1;

/** Its digits taken from nine. */
export const keyOfRun = (id: RunId): string => keyOf(id.replace(/\d/g, (digit) => `${9 - Number(digit)}`));

export const propertiesOfRun = (run: Run): Readonly<Record<string, string | number>> => ({
  format,
  phase: run.phase,
  ...propertiesOfText(JSON.stringify(run)),
});

/** @throws where a newer gateway wrote it */
export const runOfProperties = (properties: Readonly<Record<string, unknown>>): Run => {
  if (properties.format === format) return JSON.parse(textOfProperties(properties)) as Run;
  throw new Error(`A run in the table of snapshots has the format ${properties.format}; this gateway reads ${format}`);
};
