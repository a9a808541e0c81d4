import { app } from '@azure/functions';

const order = [];

app.hook.appStart(async ({ hookData }) => {
  hookData.started = true;
  order.push('appStart');
});
app.hook.appTerminate(({ hookData }) => console.log(`terminated, started: ${hookData.started}`));
app.hook.preInvocation((context) => {
  order.push('preInvocation');
  context.hookData.before = context.inputs.length;
  if (context.invocationContext.functionName === 'replaced')
    context.functionHandler = async () => ({ body: 'by the hook' });
});
app.hook.postInvocation((context) => {
  order.push(`postInvocation after ${context.hookData.before} input`);
  if (context.error) {
    context.result = { body: `instead of ${context.error.message}` };
    context.error = null;
  }
});
app.hook.log((context) => {
  context.message = context.message.replace('hunter2', '*****');
});

app.get('order', { authLevel: 'anonymous', handler: async () => ({ jsonBody: order }) });
app.get('replaced', { authLevel: 'anonymous', handler: async () => ({ body: 'by the function' }) });
app.get('throws', {
  authLevel: 'anonymous',
  handler: async () => {
    throw new Error('a fault');
  },
});
app.get('secret', {
  authLevel: 'anonymous',
  handler: async (_request, context) => {
    context.log('the password is hunter2');
    return { body: 'told' };
  },
});
