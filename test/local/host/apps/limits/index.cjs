const { app } = require('@azure/functions');

const get = (name, handler) => app.get(name, { authLevel: 'anonymous', handler });

get('pid', async () => ({ body: String(process.pid) }));
get('exits', async () => process.exit(7));
get(
  'throwsLater',
  () =>
    new Promise(() =>
      setImmediate(() => {
        throw new Error('nobody caught this');
      }),
    ),
);
get('rejectsLater', () => new Promise(() => void Promise.reject(new Error('nobody awaited this'))));
get('never', () => new Promise(() => undefined));
get('busy', () => {
  console.error('busy: entered');
  for (;;);
});
