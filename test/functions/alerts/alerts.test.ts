import { due, ended, recorded, waitingAlert } from '../../enrichment/looking/support/alerts.ts';
import { asking, origin } from './support/asking.ts';

const three = [1, 2, 3].map((n) => waitingAlert({ key: `k/${n}`, alertId: `K/${n}`, due: due + n * 1000 }));

const world = async () => {
  const all = asking();
  await recorded(all.store, ...three);
  return all;
};

describe('GET /gateway/alerts', () => {
  it('lists the alerts that wait, the next to be tried first, with where each is', async () => {
    const { answer } = await world();
    const { status, headers, body } = await answer('/gateway/alerts?state=waiting&$top=2');
    const next = String(body['@odata.nextLink']);
    expect([status, body]).toEqual([
      200,
      {
        '@odata.context': `${origin}/gateway/$metadata#Alerts`,
        '@odata.nextLink': next,
        value: [
          {
            alertId: 'K/1',
            state: 'waiting',
            nextTry: '2026-11-18T10:00:21.000Z',
            link: `${origin}/gateway/alerts/K%2F1`,
          },
          {
            alertId: 'K/2',
            state: 'waiting',
            nextTry: '2026-11-18T10:00:22.000Z',
            link: `${origin}/gateway/alerts/K%2F2`,
          },
        ],
      },
    ]);
    expect(headers.link).toBe(`<${next}>; rel="next"`);
    const last = await answer(next);
    expect(last.body.value).toMatchObject([{ alertId: 'K/3' }]);
    expect(last.body['@odata.nextLink']).toBeUndefined();
    const shown = await answer(body.value[1]?.link ?? '');
    expect(shown.body.alertId).toBe('K/2');
  });

  it('lists those that failed', async () => {
    const { answer, store } = await world();
    await ended(store, { key: 'k/3', state: 'failed', reason: 'given up' });
    const { headers, body } = await answer('/gateway/alerts?State=Failed');
    expect(body.value).toEqual([{ alertId: 'K/3', state: 'failed', link: `${origin}/gateway/alerts/K%2F3` }]);
    expect([body['@odata.nextLink'], headers.link]).toEqual([undefined, undefined]);
  });

  it('is empty where there are none, and no error', async () => {
    const { status, body } = await asking().answer('/gateway/alerts?state=failed');
    expect([status, body.value]).toEqual([200, []]);
  });

  it.each([
    ['', 'state: it is missing; write state=waiting or state=failed'],
    ['?state=enriched', "state: 'enriched' is not listed; write state=waiting or state=failed"],
    ['?state=failed&$top=0', "$top: '0' will not do; write a whole number from 1 to 1000"],
    ['?stat=failed', "'stat' is not an option here. Did you mean: state"],
    ['?state=failed&$filter=x', "'$filter' is not an option here. There are: state, $top, $skiptoken"],
    [
      '?state=failed&$skiptoken=abc',
      "$skiptoken: it is none of this list's. Follow '@odata.nextLink' as it is, or begin again without it",
    ],
  ])('is 400 with %s', async (query, message) => {
    const { status, body } = await asking().answer(`/gateway/alerts${query}`);
    expect([status, body.error]).toMatchObject([400, { code: 'InvalidInput', message }]);
  });

  it('is 503 where storage can’t be read', async () => {
    const { answer } = asking(({ looking }) => ({
      looking: { ...looking, list: () => Promise.reject(new Error('down')) },
    }));
    expect((await answer('/gateway/alerts?state=failed')).status).toBe(503);
  });
});
