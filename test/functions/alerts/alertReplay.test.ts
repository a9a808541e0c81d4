import { ended, recorded, waitingAlert } from '../../enrichment/looking/support/alerts.ts';
import { asking, origin } from './support/asking.ts';

const { alertId: id } = waitingAlert();
const address = `/gateway/alerts/${id}/replay`;
const post = { method: 'POST', headers: { 'x-request-id': 'r-1' } };

describe('POST /gateway/alerts/{id}/replay', () => {
  it('has an alert that ended begin anew', async () => {
    const { answer, store, queued } = asking();
    await recorded(store, waitingAlert());
    await ended(store, { state: 'failed', reason: 'given up' });
    const { status, headers, body } = await answer(address, post);
    const link = `${origin}/gateway/alerts/${id}`;
    expect([status, body]).toEqual([202, { alertId: id, status: 'replayed', link }]);
    expect(headers).toMatchObject({ location: link, 'x-request-id': 'r-1' });
    expect((await answer(link)).body).toMatchObject({ state: 'waiting', sequence: 2 });
    expect(queued).toHaveLength(1);
  });

  it('has one that waits tried at once', async () => {
    const { answer, store, clock } = asking();
    await recorded(store, waitingAlert({ due: clock.wall() + 3_600_000 }));
    const { body } = await answer(address.replace(id, id.slice(2)), post);
    expect(body.status).toBe('hurried');
    expect(store.records()[0]?.due).toBeLessThanOrEqual(clock.wall());
  });

  it('gives no Location to who has its key in the query', async () => {
    const { answer, store } = asking();
    await recorded(store, waitingAlert());
    const { status, headers } = await answer(`${address}?code=secret`, post);
    expect([status, headers.location]).toEqual([202, undefined]);
  });

  it('is 404 for one that never came', async () => {
    const { status, body } = await asking().answer(address, post);
    expect([status, body.error.code]).toEqual([404, 'ResourceNotFound']);
  });

  it.each([
    ['/gateway/alerts/%20/replay', 'id: it is empty'],
    [`${address}?sequence=1`, "'sequence' is not an option here. There are none"],
  ])('is 400 for %s', async (wrong, message) => {
    const { status, body } = await asking().answer(wrong, post);
    expect([status, body.error.message]).toEqual([400, message]);
  });

  it('is 503 where storage fails', async () => {
    const { answer } = asking(() => ({ replay: { replay: () => Promise.reject(new Error('down')) } }));
    const { status, headers } = await answer(address, post);
    expect([status, headers['retry-after']]).toEqual([503, '5']);
  });
});
