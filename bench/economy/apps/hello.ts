/** The smallest app that says something: what loading the gateway is compared with. */
import { app } from '@azure/functions';

app.http('hello', {
  methods: ['GET'],
  authLevel: 'function',
  handler: () => ({ body: 'Hello, world' }),
});
