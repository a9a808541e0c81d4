import type { Answer } from '../src/defender/answer.ts';
import type { Finder, Found } from '../src/machines/finder.ts';
import type { Wish } from '../src/machines/wish.ts';
import { machinesOfAlerts } from '../src/machinesOfAlerts.ts';
import { machineIdAt } from './enrichment/support/references.ts';

const id = machineIdAt(1);
const fromCache = { kind: 'cache', age: 7, freshFor: 1 } as const;
const fromDefender = { kind: 'defender', because: 'miss', age: 0.5, isShared: false } as const;

const answering = (found: Found) => {
  const wishes: Wish[] = [];
  const give = async (wish: Wish) => {
    wishes.push(wish);
    return found;
  };
  const finder: Pick<Finder, 'by' | 'ofAlert'> = {
    by: async (_, __, wish) => give(wish),
    ofAlert: async (_, wish) => give(wish),
  };
  return { wishes, machines: machinesOfAlerts({ finder, waitMs: 15_000, onSent: () => undefined }) };
};

const failed = (answer: Answer) => answering({ kind: 'failed', answer, source: fromDefender }).machines;
const body = new TextEncoder().encode('{"error":{"code":"Forbidden","message":"Missing role"}}');

describe('the machines of alerts', () => {
  it('are whole, and as old as the answer', async () => {
    const machine = { id, computerDnsName: 'srv01', tags: ['a'] };
    const { machines, wishes } = answering({ kind: 'machines', machines: [machine], source: fromCache });
    expect(await machines.byId(id)).toEqual({ kind: 'found', machine, ageSeconds: 7, from: 'cache', calls: 0 });
    expect(wishes).toMatchObject([{ priority: 'enrichment', waitMs: 15_000 }]);
  });

  it('are absent where the list has none, or another', async () => {
    const another = { id: machineIdAt(2) };
    expect(await answering({ kind: 'machines', machines: [], source: fromCache }).machines.byId(id)).toMatchObject({
      kind: 'absent',
    });
    const { machines } = answering({ kind: 'machines', machines: [another], source: fromCache });
    expect(await machines.byId(id)).toMatchObject({ kind: 'absent' });
    expect(await machines.ofAlert('da1_2')).toMatchObject({ kind: 'found', machine: another });
  });

  it('cost the calls that were sent for them', async () => {
    const finder: Pick<Finder, 'by' | 'ofAlert'> = {
      by: async (_, __, { onSent }) => {
        for (let sent = 0; sent < 2; sent += 1) onSent?.({} as never);
        return { kind: 'machines', machines: [], source: fromDefender };
      },
      ofAlert: async () => Promise.reject(new Error('not asked')),
    };
    let told = 0;
    const machines = machinesOfAlerts({ finder, waitMs: 0, onSent: () => (told += 1) });
    expect(await machines.byId(id)).toEqual({ kind: 'absent', calls: 2 });
    expect(told).toBe(2);
  });

  it.each(['a/b', 'a\\\\b', 'a%2fb', '%2e', '..', 'a%41'])(
    'are refused without a call for the alert %s, which no address can name',
    async (alertId) => {
      const { machines, wishes } = answering({ kind: 'machines', machines: [], source: fromCache });
      const answer = await machines.ofAlert(alertId);
      expect(answer).toEqual({ kind: 'refused', reason: expect.stringContaining("can't be an alert id"), calls: 0 });
      expect(wishes).toEqual([]);
    },
  );

  it.each(['da637472900382838869_-1364969609', 'a#b?c', "a'b", 'a.b'])(
    'are asked for by the alert %s',
    async (alertId) => {
      const { machines, wishes } = answering({ kind: 'machines', machines: [], source: fromCache });
      expect(await machines.ofAlert(alertId)).toEqual({ kind: 'absent', calls: 0 });
      expect(wishes).toHaveLength(1);
    },
  );

  it.each<[string, Answer, object]>([
    [
      'wait, where the quota is spent',
      { kind: 'throttled', retryAfterSeconds: 40, message: 'spent' },
      { kind: 'throttled', retryAfterSeconds: 40, reason: 'spent' },
    ],
    [
      'wait, where the ledger is gone',
      { kind: 'closed', retryAfterSeconds: 5, reason: 'no ledger' },
      { kind: 'throttled', retryAfterSeconds: 5 },
    ],
    [
      'come another time, where Defender is not reached',
      { kind: 'unreachable', reason: 'no way' },
      { kind: 'unavailable', reason: 'no way' },
    ],
    [
      'come another time, where a role is missing',
      { kind: 'answered', status: 403, headers: {}, body },
      { kind: 'unavailable', reason: 'Defender answered 403: Missing role' },
    ],
    [
      'come another time, where Defender fails',
      { kind: 'answered', status: 503, headers: {}, body: new Uint8Array() },
      { kind: 'unavailable', reason: 'Defender answered 503: without a message' },
    ],
    [
      'never come, where Defender will not take the question',
      { kind: 'answered', status: 400, headers: {}, body },
      { kind: 'refused' },
    ],
  ])('%s', async (_, answer, expected) => {
    expect(await failed(answer).byId(id)).toMatchObject(expected);
  });
});
