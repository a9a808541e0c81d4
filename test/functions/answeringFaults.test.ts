import { HttpRequest, InvocationContext } from '@azure/functions';
import { answeringFaults } from '../../src/functions/answeringFaults.ts';

const request = () =>
  new HttpRequest({
    method: 'GET',
    url: 'https://gateway.example/api/machines?code=secret',
    headers: { 'x-request-id': 'r-7' },
  });

describe('a fault of our own', () => {
  it('is a 500 in the envelope that names the request, and the log tells the rest', async () => {
    const logged: unknown[] = [];
    const context = new InvocationContext({ functionName: 'x', logHandler: (_, ...args) => logged.push(...args) });
    const faulty = answeringFaults(() => Promise.reject(new Error('table of contents')));
    const { status, body, headers } = (await faulty(request(), context)) ?? {};
    expect(status).toBe(500);
    expect(JSON.parse(String(body)).error).toMatchObject({ code: 'InternalServerError', target: 'r-7' });
    expect(String(body)).not.toContain('table of contents');
    expect(headers).toMatchObject({ 'x-request-id': 'r-7' });
    expect(JSON.stringify(logged)).toContain('table of contents');
    expect(JSON.stringify(logged)).not.toContain('secret');
  });
});
