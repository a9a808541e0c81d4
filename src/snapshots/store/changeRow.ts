/** What changed as rows: behind the chunks of the bucket, by run and first machine. */

import { keyOf } from '../../storage/keys.ts';
import { propertiesOfText, textOfProperties } from '../../storage/propertyText.ts';
import type { Change } from '../change.ts';
import type { RunId } from '../runId.ts';
import type { RunRange } from '../stateStore.ts';
import { decodeChanges, encodeChanges } from './changeParts.ts';
import { changePrefix, type StateRow } from './stateRow.ts';
import type { KeyRange } from './stateRows.ts';

export const rowsOfChanges = (run: RunId, changes: readonly Change[]): readonly StateRow[] =>
  encodeChanges(changes).map(({ firstId, text }) => ({
    rowKey: `${changePrefix}${keyOf(run)}|${keyOf(firstId)}`,
    properties: { run, ...propertiesOfText(text) },
  }));

export const changesOfRow = ({ properties }: StateRow): readonly Change[] =>
  decodeChanges(textOfProperties(properties));

export const runOfRow = ({ properties }: StateRow): RunId => String(properties.run);

export const keysOfChanges = ({ after, upTo }: RunRange): KeyRange => ({
  lowest: after === undefined ? changePrefix : behind(after),
  below: upTo === undefined ? `${changePrefix}~` : behind(upTo),
});

/** Behind all keys of a run's changes, and before those of the next. */
const behind = (run: RunId): string => `${changePrefix}${keyOf(run)}}`;
