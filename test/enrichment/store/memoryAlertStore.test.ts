import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { delivery, ended, ending, newAlert, waiting } from './support/alerts.ts';

describe('the store of alerts, in memory', () => {
  it('lets a test stop at each write, before and after it', async () => {
    const told: string[] = [];
    let deadly = '';
    const tell = (moment: string) => (what: string) => {
      told.push(`${moment} ${what}`);
      if (told.at(-1) === deadly) throw new Error('killed');
    };
    const store = memoryAlertStore({ beforeWrite: tell('before'), afterWrite: tell('after') });
    await store.create([newAlert('a')]);
    const { version = '' } = (await store.read('a')) ?? {};
    deadly = 'before save';
    await expect(store.save(ended(waiting('a')), version)).rejects.toThrow('killed');
    expect(store.records()).toEqual([waiting('a')]);
    deadly = 'after save';
    await expect(store.save(ended(waiting('a')), version, ending(waiting('a'), 'queue'))).rejects.toThrow('killed');
    expect([store.records(), store.outbox()]).toEqual([[ended(waiting('a'))], [delivery(waiting('a'))]]);
    deadly = '';
    await store.removeDelivery(delivery(waiting('a')));
    await store.keepNote('n', '1');
    expect(told.slice(-4)).toEqual(['before removeDelivery', 'after removeDelivery', 'before note', 'after note']);
  });
});
