/**
 * By which of its two spellings Defender knows an alert. No document says which it takes: the alert is asked for as it came, then in the
 * other spelling, and what a tenant is found to take is asked first from then on.
 */
import { spellingsOf } from '../alertId.ts';
import type { AlertStore } from '../alertStore.ts';

export interface Spellings {
  /** In the order they are to be asked in. */
  of(alertId: string): Promise<readonly [string, string]>;
  /** Defender knew it as this, after it did not know it as another. */
  learn(spelling: string): Promise<void>;
}

type Form = 'prefixed' | 'bare';

const noteName = 'spelling';

export const createSpellings = (store: Pick<AlertStore, 'note' | 'keepNote'>): Spellings => {
  let taken: Promise<string | undefined> | undefined;
  return {
    async of(alertId) {
      taken ??= store.note(noteName);
      const form = await taken.catch(() => {
        taken = undefined;
      });
      const [first, second] = spellingsOf(alertId);
      const isFirst = form === undefined || form === formOf(first);
      return isFirst ? [first, second] : [second, first];
    },
    async learn(spelling) {
      const form = formOf(spelling);
      if ((await taken) === form) return;
      taken = Promise.resolve(form);
      await store.keepNote(noteName, form);
    },
  };
};

/** Of an alert of Defender's: the other spelling of one that has a prefix is shorter. */
const formOf = (spelling: string): Form => (spellingsOf(spelling)[1].length < spelling.length ? 'prefixed' : 'bare');
