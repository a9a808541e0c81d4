const { app, output } = require('@azure/functions');

app.timer('starts', {
  schedule: '0 0 3 * * *',
  runOnStartup: true,
  handler: async (timer, context) => context.log(`past due: ${timer.isPastDue}`),
});
app.timer('waits', { schedule: '0 0 3 * * *', handler: async () => undefined });

const alerts = output.storageQueue({ queueName: 'alerts', connection: 'AzureWebJobsStorage' });
app.http('receives', {
  methods: ['POST'],
  authLevel: 'anonymous',
  extraOutputs: [alerts],
  handler: async (request, context) => {
    context.extraOutputs.set(alerts, await request.json());
    return { status: 202 };
  },
});
app.storageQueue('enriches', {
  queueName: 'alerts',
  connection: 'AzureWebJobsStorage',
  handler: async (alert, context) => context.log(`${context.triggerMetadata.dequeueCount}: ${JSON.stringify(alert)}`),
});
app.storageQueue('holds', {
  queueName: 'held',
  connection: 'AzureWebJobsStorage',
  handler: async (_message, context) => {
    context.log(`time ${context.triggerMetadata.dequeueCount}`);
    if (context.triggerMetadata.dequeueCount === 1) await new Promise(() => undefined);
  },
});
app.eventHub('streams', {
  connection: 'AlertStream',
  eventHubName: '%ALERT_STREAM_HUB%',
  cardinality: 'many',
  handler: async (events, context) => context.log(JSON.stringify(events)),
});
app.generic('carried', {
  trigger: { type: 'carrierPigeonTrigger', name: 'letter' },
  handler: async (letter, context) => context.log(JSON.stringify(letter)),
});
app.eventGrid('raised', { handler: async (event, context) => context.log(`${event.subject}`) });
