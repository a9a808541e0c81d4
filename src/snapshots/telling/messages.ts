/** Events as texts that a queue takes: one each ("JSON Event Format for CloudEvents"), or as many as fit into an array ("JSON Batch Format"). */

import { mostMessageBytes, sizeOf } from '../../storage/messageSize.ts';
import type { AttentionData, AttentionEvent } from './attentionEvent.ts';

/** Of an event, so that it fits into an array, too. */
const mostEventBytes = mostMessageBytes - '[]'.length;

/** In the order of the events, each in one of them. */
export const messagesOf = (events: readonly AttentionEvent[], isBatched: boolean): readonly string[] => {
  const texts = events.map(textOf);
  return isBatched ? packed(texts) : texts;
};

/** What is too long goes without states and properties; the links say where they are. */
type ShortenedData = Pick<AttentionData, 'machineId' | 'changeKind' | 'run' | 'previousRun' | 'links'> & {
  readonly isShortened: true;
};

const textOf = (event: AttentionEvent): string => {
  const text = JSON.stringify(event);
  if (sizeOf(text) <= mostEventBytes) return text;
  const { machineId, changeKind, run, previousRun, links } = event.data;
  const data: ShortenedData = { machineId, changeKind, run, previousRun, links, isShortened: true };
  return JSON.stringify({ ...event, data });
};

const packed = (texts: readonly string[]): readonly string[] => {
  const messages: string[][] = [];
  let left = 0;
  for (const text of texts) {
    const size = sizeOf(text) + ','.length;
    if (size > left) {
      messages.push([]);
      left = mostEventBytes + ','.length;
    }
    messages.at(-1)?.push(text);
    left -= size;
  }
  return messages.map((message) => `[${message.join(',')}]`);
};
