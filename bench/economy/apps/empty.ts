/** An app that does nothing, as fast as the host and the library let it: what a cached answer is compared with. */
import { app } from '@azure/functions';

app.http('empty', {
  route: 'empty',
  methods: ['GET'],
  authLevel: 'function',
  handler: () => ({ status: 200 }),
});
