const { app } = require('@azure/functions');

app.timer('starts', {
  schedule: '0 0 3 * * *',
  runOnStartup: true,
  handler: async (timer, context) => context.log(`past due: ${timer.isPastDue}`),
});
app.timer('waits', { schedule: '0 0 3 * * *', handler: async () => undefined });
