import { createSpellings } from '../../../src/enrichment/enriching/spellings.ts';
import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { alertIdAt } from '../support/references.ts';

const prefixed = alertIdAt(1);
const bare = prefixed.slice(2);

/** A store that counts what is asked of it, and fails as often as it is told. */
const counting = (faults = 0) => {
  const asked: string[] = [];
  const store = memoryAlertStore();
  return {
    asked,
    store: {
      async note(name: string) {
        asked.push('note');
        if (asked.length <= faults) throw new Error('storage failed');
        return store.note(name);
      },
      async keepNote(name: string, text: string) {
        asked.push(`keep ${text}`);
        await store.keepNote(name, text);
      },
    },
  };
};

describe('the spellings of an alert', () => {
  it('are asked as it came, then the other, before anything is learned', async () => {
    const spellings = createSpellings(counting().store);
    expect(await spellings.of(prefixed)).toEqual([prefixed, bare]);
    expect(await spellings.of(bare)).toEqual([bare, prefixed]);
  });

  it.each([
    ['with its letters', prefixed, [prefixed, bare]],
    ['without them', bare, [bare, prefixed]],
  ])('are asked %s first, however it came, once that was found to be taken', async (_, taken, order) => {
    const { store } = counting();
    await createSpellings(store).learn(taken);
    const later = createSpellings(store);
    expect(await later.of(prefixed)).toEqual(order);
    expect(await later.of(bare)).toEqual(order);
  });

  it('are read once, and written only where they changed', async () => {
    const { store, asked } = counting();
    const spellings = createSpellings(store);
    await spellings.of(prefixed);
    await spellings.learn(bare);
    await spellings.of(prefixed);
    await spellings.learn(bare);
    await spellings.learn(prefixed);
    expect(asked).toEqual(['note', 'keep bare', 'keep prefixed']);
  });

  it('are asked as it came where they can not be read, and read again the next time', async () => {
    const { store, asked } = counting(1);
    await store.keepNote('spelling', 'bare').then(() => asked.splice(0));
    const spellings = createSpellings(store);
    expect(await spellings.of(prefixed)).toEqual([prefixed, bare]);
    expect(await spellings.of(prefixed)).toEqual([bare, prefixed]);
    expect(asked).toEqual(['note', 'note']);
  });
});
