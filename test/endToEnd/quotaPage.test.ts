import { createHash } from 'node:crypto';
import type { QuotaPage } from '../../src/functions/quotaPage.ts';
import { errorOf, type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/until.ts';

const path = '/api/alerts/636688558380765161_2136280442/machine';
/** Each of these questions is to be a call. */
const anew = { 'cache-control': 'no-cache' };
/** Another caller, with a key of its own, that is in no hurry. */
const asPlaybook = () => ({ 'x-functions-key': gateway.masterKey, priority: 'u=6' });
const idOf = (key: string) => `key-${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
const playbook = () => idOf(gateway.masterKey);

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ hosts: 2 });
});
afterAll(() => gateway.stop());

const page = async (host: number): Promise<QuotaPage> => {
  const response = await gateway.get('/gateway/quota', {}, host);
  expect(response.status).toBe(200);
  return JSON.parse(await response.text());
};
const alertMachine = async (host: number) => (await page(host)).quotas.find(({ name }) => name === 'alertMachine');

describe('two hosts that share a quota', () => {
  it('tell callers the class that was applied, and what is left', async () => {
    const first = await gateway.get(path, { ...anew, priority: 'u=1' }, 0);
    expect(first.status).toBe(200);
    expect(first.headers.get('priority')).toBe('u=1');
    expect(first.headers.get('ratelimit-policy')).toBe('"minute";q=100;w=60, "hour";q=1500;w=3600');
    expect(first.headers.get('ratelimit')).toMatch(/^"minute";r=99;t=6\d, "hour";r=1499;t=360\d$/);
    const second = await gateway.get(path, { ...anew, ...asPlaybook() }, 1);
    expect(second.headers.get('priority')).toBe('u=6');
    expect(second.headers.get('ratelimit')).toMatch(/^"minute";r=98;/);
  });

  it('tell it with a question that is wrong, too', async () => {
    await gateway.get('/api/machines');
    const wrong = await gateway.get('/api/machines?$filter=nonsense');
    expect(wrong.status).toBe(400);
    expect(wrong.headers.get('ratelimit')).toMatch(/^"minute";r=99;/);
    expect(wrong.headers.get('priority')).toBe('u=3');
  });

  it('both show what went through either, by caller and class', async () => {
    for (const host of [0, 1]) {
      const found = await until(`host ${host} to know both callers`, async () => {
        const shown = await alertMachine(host);
        return shown && 'spend' in shown && Object.keys(shown.spend.byCaller).length === 2 && shown;
      });
      expect(found.spend.calls).toBe(2);
      expect(found.spend.byClass).toEqual({ interactive: 1, enrichment: 0, background: 1 });
      expect(found.spend.byCaller).toEqual({
        [idOf(gateway.key)]: { interactive: 1 },
        [playbook()]: { background: 1 },
      });
      expect(found.limits.map(({ used, usedBy }) => [used, usedBy.interactive, usedBy.background])).toEqual([
        [2, 1, 1],
        [2, 1, 1],
      ]);
      expect(found.ledgerTransactionsPerCall).toBeGreaterThan(0);
    }
    const { unused, quotas } = await page(1);
    expect(quotas.map(({ name }) => name)).toEqual(['listMachines', 'alertMachine']);
    expect(unused).toEqual(['machine', 'userMachines', 'domainMachines', 'machineSecurityStates', 'deviceAntivirus']);
  });

  it('show it to nobody without a key', async () => {
    expect((await fetch(`${gateway.urls[0]}/gateway/quota`)).status).toBe(401);
  });

  it('say that Defender asked for a pause, whichever of them heard it', async () => {
    await gateway.faults([{ match: { times: 1 }, do: { status: 429, retryAfter: 40 } }]);
    expect((await gateway.get(path, { ...anew, prefer: 'wait=5' }, 0)).status).toBe(429);
    const shown = await until('host 1 to know', async () => {
      const found = await alertMachine(1);
      return found && 'blocked' in found && found.blocked !== null && found;
    });
    expect(shown.summary).toMatch(/^blocked for \d\d s: Defender answered 429: a pause of 40 s/);
    expect(shown.limits.map(({ left }) => left)).toEqual([0, 0]);
    const refused = await gateway.get(path, { ...anew, prefer: 'wait=0' }, 1);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('ratelimit')).toMatch(/^"minute";r=0;t=\d\d, "hour";r=0;t=\d\d$/);
  });

  it('leave what they spent to the others when they end', async () => {
    const before = (await page(0)).quotas.find(({ name }) => name === 'listMachines');
    await gateway.get('/api/machines?$top=1', { ...anew, ...asPlaybook() }, 1);
    await gateway.get('/api/machines?$top=1', { ...anew, ...asPlaybook() }, 1);
    await gateway.stopHost(1);
    const after = (await page(0)).quotas.find(({ name }) => name === 'listMachines');
    expect(before && 'spend' in before && before.spend.byCaller[playbook()]).toBeUndefined();
    expect(after && 'spend' in after && after.spend.byCaller[playbook()]).toEqual({ background: 2 });
  });

  it('say so when the storage is gone, and pass nothing of their own off as the whole', async () => {
    await gateway.storage.stop();
    const response = await gateway.get('/gateway/quota');
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await errorOf(response)).message).toContain('Table storage cannot be read');
  });
});
