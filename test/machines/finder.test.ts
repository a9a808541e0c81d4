import { usualFreshness, type Wish } from '../../src/machines/wish.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { machinesOn } from '../support/services.ts';
import { json, type Row, tenantOf } from './support/tenant.ts';

const wish: Wish = { waitMs: 30_000, priority: 'interactive', freshness: usualFreshness };
const idOf = (number: number) => number.toString(16).padStart(40, '0');
const named = (...names: readonly (string | null)[]): Row[] =>
  names.map((computerDnsName, i) => ({ id: idOf(i), computerDnsName, lastIpAddress: `10.0.0.${i}` }));

const setUp = (rows: readonly Row[]) => {
  const clock = fakeClock(1);
  const tenant = tenantOf(clock, rows);
  const { finder } = machinesOn(clock, tenant.defender);
  /** The ids that each name finds, all asked at once. */
  const find = async (...labels: readonly string[]) => {
    const found = Promise.all(labels.map((label) => finder.byHostName({ label }, wish)));
    await clock.advance(5000);
    return (await found).map((each) =>
      each.kind === 'machines' ? each.machines.map(({ computerDnsName }) => computerDnsName) : each.answer.kind,
    );
  };
  return { clock, tenant, finder, find };
};

describe('the finder', () => {
  it('finds all of a first label, bare or with any domain, and nothing that merely begins so', async () => {
    const rows = named('srv1', 'SRV1.contoso.com', 'srv1.fabrikam.com', 'srv10.contoso.com', 'asrv1', null);
    const { tenant, find } = setUp(rows);
    expect(await find('srv1')).toEqual([['srv1', 'SRV1.contoso.com', 'srv1.fabrikam.com']]);
    expect(tenant.asked).toHaveLength(1);
  });

  it('finds many names with few calls, and asks no second time for those that nobody has', async () => {
    const rows = named(...Array.from({ length: 28 }, (_, i) => `srv${i}.contoso.com`));
    const { tenant, find } = setUp(rows);
    const labels = [...rows.map((_, i) => `srv${i}`), 'nobody'];
    expect(await find(...labels)).toEqual([...rows.map((_, i) => [`srv${i}.contoso.com`]), []]);
    expect(tenant.asked.length).toBeLessThanOrEqual(3);
  });

  it('finds by address with others who look one up', async () => {
    const { clock, tenant, finder } = setUp(named('a', 'b', 'c'));
    const found = Promise.all(['10.0.0.0', '10.0.0.2'].map((ip) => finder.by('lastIpAddress', ip, wish)));
    await clock.advance(1000);
    expect((await found).map((each) => each.kind === 'machines' && each.machines.map(({ id }) => id))).toEqual([
      [idOf(0)],
      [idOf(2)],
    ]);
    expect(tenant.asked).toHaveLength(1);
  });

  it('takes Defender’s 404 for nothing, and any other refusal for one', async () => {
    const { clock, tenant, finder } = setUp([]);
    tenant.next(json(404, { error: { code: 'ResourceNotFound' } }));
    const none = finder.ofAlert('da1', wish);
    await clock.advance(1000);
    expect(await none).toMatchObject({ kind: 'machines', machines: [] });
    tenant.next(json(403, { error: { code: 'Forbidden' } }));
    const refused = finder.ofAlert('da2', wish);
    await clock.advance(1000);
    expect(await refused).toMatchObject({ kind: 'failed', answer: { status: 403 } });
  });

  it('says so where an answer is not to be read', async () => {
    const { clock, tenant, finder } = setUp([]);
    tenant.next({ kind: 'answered', status: 200, headers: {}, body: new TextEncoder().encode('{"value":[{}]}') });
    const found = finder.ofAlert('da1', wish);
    await clock.advance(1000);
    expect(await found).toMatchObject({ kind: 'failed', answer: { kind: 'unreachable' } });
  });
});
