const { app } = require('@azure/functions');

const post = (name, handler) =>
  app.http(name, { methods: ['POST'], route: `answers/${name}`, authLevel: 'anonymous', handler });

post('bytes', async (request) => ({
  body: await request.arrayBuffer(),
  headers: { 'content-type': 'application/octet-stream' },
}));
post('nothing', async () => undefined);
post('throws', async () => {
  throw new Error('the reason, for the log only');
});
post('teapot', async () => ({ status: 418, headers: { 'x-kind': 'teapot' }, body: 'short and stout' }));
post('unchanged', async () => ({ status: 304 }));
post('cookies', async () => ({
  cookies: [
    { name: 'plain', value: 'a b;c' },
    {
      name: 'full',
      value: 'v',
      path: '/api',
      domain: 'contoso.com',
      maxAge: 60,
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
    },
    { name: 'third', value: 'v', expires: new Date('2026-11-21T00:00:00Z'), sameSite: 'None' },
  ],
}));
post('oddHeader', async () => ({ headers: { 'x-name': 'Zoë' } }));
post('trailer', async () => ({ headers: { trailer: 'X-Y' }, body: 'whole' }));
post('logs', async (_request, context) => {
  context.trace('too small to be written');
  context.log('as information');
  context.warn('a warning', { with: 'detail' });
  console.log('on the console');
  return { body: 'logged' };
});

let release = () => undefined;
post('waits', () => {
  console.log('waits: entered');
  return new Promise((resolve) => {
    release = () => resolve({ body: 'released' });
  });
});
post('releases', async () => {
  release();
  return { body: 'done' };
});
